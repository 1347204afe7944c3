#!/bin/sh
# Migrations of one project from the command line: POSIX shell, psql and the
# functions of the extension zishu_migrate. "run_migrations.sh help" tells the
# commands; the exit statuses stand there, too.
#
# How it is built:
# - What a user gave reaches the server as psql variables (:'arg1'), and files
#   as base64 in COPY data: never as a part of the SQL text.
# - DATABASE_URL is taken apart here. The password goes to psql through the
#   environment, the rest, which is no secret, through its command line.
# - A statement that may fail for the user's reasons goes through "try", which
#   leaves its SQLSTATE in a file: that, not the wording of a message, decides
#   what is said and which status is returned.

set -u
unset CDPATH

program=run_migrations.sh
versions=${ZISHU_VERSIONS_DIR:-migrations/versions}
model=${ZISHU_MODEL_DIR:-migrations/model}

status_failed=1 status_usage=2 status_server=3 status_login=4 status_database=5
status_extension=6 status_heads=7 status_files=8 status_rights=9 status_differs=10 status_psql=127

case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
  zh*) language=zh ;;
  *) language=en ;;
esac

# say ENGLISH CHINESE [ARGUMENT...]: both are printf formats.
say() {
  format=$1
  [ $language = en ] || format=$2
  shift 2
  # shellcheck disable=SC2059
  printf "$format\n" "$@"
}

warn() { say "$@" >&2; }

die() {
  status=$1
  shift
  warn "$@"
  exit "$status"
}

usage_error() {
  warn "$@"
  die $status_usage '"%s help" tells what there is.' '用 "%s help" 查看用法。' $program
}

help() {
  if [ $language = zh ]; then
    cat <<END
用法: $program 命令 [参数] [选项]

  upgrade [目标]        先载入版本目录，再升级（默认 head）
  downgrade [目标]      回退（默认 -1，即一步；base 为全部）
  current               数据库当前所在的修订
  history [范围]        修订历史，新的在前；范围如 a:b、-3:、:head
  heads                 所有的头修订
  branches              分叉点
  show 修订             一个修订的全部内容
  create "说明"         新建修订：存入数据库，并在版本目录中写出文件；
                        有模型目录时，脚本由当前结构与模型的差异自动生成
  merge [修订...]       合并多个头（默认全部），同样写出文件
  stamp 目标...         只改写版本记录，不运行任何脚本
  sql [范围]            打印升级所用的 SQL，不执行（默认 head）
  load [格式]           只载入版本目录；给出格式（如 goose）时，按该工具的文件
                        载入，包括子目录，auto 则自行识别
  export [工具 目录]    把所有修订写入版本目录；或以 dbmate、flyway、
                        golang-migrate、psql 的文件写入该目录
  model                 只载入模型目录
  check                 当前结构是否与模型一致；不一致时列出差异
  diff [从 [到]]        打印由一种结构变为另一种结构的 SQL（默认 live model）；
                        可以是 live、model、empty、head 或某个修订
  dump                  以 SQL 打印当前结构
  status                概况：当前、头、待执行的个数、最近一次
  graph [格式]          修订图：text（默认）、dot、mermaid 或 svg
  report                概况、修订图和最近的事件，打印为一个 HTML 页面
  help                  本说明

upgrade、stamp、create、merge 会先载入版本目录；create、check、diff 会先载入模型
目录（如果有）；其余命令只看数据库中已有的内容。

选项
  --dry-run             upgrade、downgrade：检查并列出步骤，不作任何改动
  --no-load             upgrade、stamp、create、merge、check、diff：不先载入目录
  --tenant 名称         upgrade、downgrade、stamp、current、history、heads、
                        show、status、graph、report：租户（模式名）
  --purge               stamp：先清空版本记录
  --downgrade           sql：打印回退所用的 SQL（须给出范围，如 b:a）
  --ledger 种类         sql：alembic（默认）、zishu 或 none
  -m, --message 说明    merge：说明
  --head 修订           create：接在该修订之后（可重复）
  --splice              create：允许接在非头修订之后
  --empty               create：脚本留空，即使有模型目录
  --partial             load 格式：载入能够转换的部分，其余列出
  --placeholder 名称=值 load 格式：占位符的值（可重复）
  --                    其后的都是参数，即使以 "-" 开头
  -h, --help            本说明

环境变量
  DATABASE_URL          如 postgresql+asyncpg://user:password@host:5432/db；
                        没有时使用 libpq 自己的变量（PGHOST 等）
  ZISHU_VERSIONS_DIR    版本目录，默认 migrations/versions
  ZISHU_MODEL_DIR       模型目录，默认 migrations/model；其中的 *.sql 文件按名称
                        顺序描述所期望的结构

退出状态
  0 成功                    $status_failed 失败，如迁移出错   $status_usage 用法或 DATABASE_URL 有误
  $status_server 连不上服务器            $status_login 登录被拒绝         $status_database 数据库不存在
  $status_extension 缺少扩展                $status_heads 存在多个头         $status_files 版本目录或其中的文件有问题
  $status_rights 角色缺少权限            $status_differs 结构与模型不一致    $status_psql 缺少 psql
END
  else
    cat <<END
Usage: $program COMMAND [ARGUMENTS] [OPTIONS]

  upgrade [TARGET]      load the versions directory, then upgrade (to head)
  downgrade [TARGET]    go back (by default -1, one step; base: all the way)
  current               where the database stands
  history [RANGE]       revisions, newest first; RANGE: a:b, -3:, :head
  heads                 the revisions that nothing follows
  branches              where the history divides
  show REVISION         everything about one revision
  create "DESCRIPTION"  a new revision: stored, and written as a file into the
                        versions directory; where there is a model directory,
                        the scripts are what sets the schema apart from it
  merge [REVISION...]   join several heads (by default all); writes a file, too
  stamp TARGET...       set the version rows without running anything
  sql [RANGE]           print the SQL of an upgrade instead (to head)
  load [FORMAT]         only load the versions directory; with a FORMAT (goose,
                        ...) as that tool's files, sub-directories too; auto
                        finds out which
  export [FORMAT DIR]   write all revisions into the versions directory, or
                        into DIR as files of dbmate, flyway, golang-migrate or
                        psql
  model                 only load the model directory
  check                 is the schema as the model says? If not, what differs?
  diff [SOURCE [TARGET]]
                        print the SQL that turns one schema into another (live
                        into model): live, model, empty, head or a revision
  dump                  print the schema as SQL
  status                at a glance: current, heads, pending, last
  graph [FORMAT]        the history drawn as text, dot, mermaid or svg
  report                print status, graph and recent events as a page of HTML
  help                  this text

upgrade, stamp, create and merge load the versions directory first, and create,
check and diff the model directory, if there is one; the other commands look at
what the database holds.

Options
  --dry-run             upgrade, downgrade: check and list the steps, and
                        change nothing
  --no-load             upgrade, stamp, create, merge, check, diff: don't load
                        the directories first
  --tenant NAME         upgrade, downgrade, stamp, current, history, heads,
                        show, status, graph, report: of this tenant, a schema
  --purge               stamp: empty the version rows first
  --downgrade           sql: print the SQL of a downgrade (with a range: b:a)
  --ledger KIND         sql: alembic (the default), zishu or none
  -m, --message TEXT    merge: the description
  --head REVISION       create: follow this revision (may be repeated)
  --splice              create: follow one that is not a head
  --empty               create: with empty scripts, model directory or not
  --partial             load FORMAT: what can be carried over; the rest is told
  --placeholder NAME=VALUE
                        load FORMAT: a value for a placeholder (may be repeated)
  --                    only arguments follow, also if they begin with "-"
  -h, --help            this text

Environment
  DATABASE_URL          such as postgresql+asyncpg://user:password@host:5432/db;
                        without it libpq's own variables count (PGHOST, ...)
  ZISHU_VERSIONS_DIR    the versions directory; by default migrations/versions
  ZISHU_MODEL_DIR       the model directory; by default migrations/model. Its
                        *.sql files, in the order of their names, are the
                        schema as it should be

Exit status
  0 done                    $status_failed failed           $status_usage wrong usage or DATABASE_URL
  $status_server no connection           $status_login login refused    $status_database no such database
  $status_extension no extension            $status_heads several heads    $status_files the directory or a file in it
  $status_rights the role lacks a right  $status_differs not as the model says
  $status_psql no psql
END
  fi
}

# ---- DATABASE_URL --------------------------------------------------------

# percent_decode TEXT: sets $decoded.
percent_decode() {
  decoded=
  rest=$1
  while :; do
    case $rest in *%[0-9A-Fa-f][0-9A-Fa-f]*) ;; *) break ;; esac
    before=${rest%%%[0-9A-Fa-f][0-9A-Fa-f]*}
    rest=${rest#"$before"%}
    code=${rest%"${rest#??}"}
    rest=${rest#??}
    # The x keeps a line end from being cut off.
    # shellcheck disable=SC2059
    byte=$(printf "\\$(printf '%03o' "0x$code")x")
    decoded=$decoded$before${byte%x}
  done
  decoded=$decoded$rest
}

# Makes a URL for libpq of one as SQLAlchemy has it, in $conninfo, without the
# driver, what means nothing to libpq, and the password, which goes into
# PGPASSWORD.
parse_url() {
  url=$1
  driver=${url%%://*}
  case $driver in
    "$url" | *[!A-Za-z0-9_+]*) driver= ;;
  esac
  case $driver in
    postgresql | postgres | postgresql+* | postgres+*) ;;
    *)
      usage_error 'DATABASE_URL must begin with postgresql:// or postgresql+driver://' \
        'DATABASE_URL 必须以 postgresql:// 或 postgresql+driver:// 开头'
      ;;
  esac
  url=${url#*://}

  # user[:password]@, where the password may hold "/" and "?" as they are, and
  # even "@", unless that comes behind the next "/".
  userinfo=
  case $url in *@*) userinfo=${url%%@*} ;; esac
  case ${userinfo%%:*} in */* | *\?*) userinfo= ;; esac
  url=${url#"$userinfo"}
  url=${url#@}
  while [ -n "$userinfo" ]; do
    case ${url%%[/?]*} in *@*) ;; *) break ;; esac
    userinfo=$userinfo@${url%%@*}
    url=${url#*@}
  done
  user=${userinfo%%:*}
  password=${userinfo#"$user"}
  password=${password#:}

  query=
  case $url in *\?*) query=${url#*\?} ;; esac
  conninfo=postgresql://$user${user:+@}${url%%\?*}
  separator=\?
  while [ -n "$query" ]; do
    pair=${query%%&*}
    query=${query#"$pair"}
    query=${query#&}
    key=${pair%%=*}
    value=${pair#"$key"}
    value=${value#=}
    # SQLAlchemy reads "+" as a space here, libpq does not.
    case $driver:$value in *+*:*+*)
      value=$(sed 's/+/%20/g' <<END
$value
END
      ) ;;
    esac
    case $key in
      password) password=$value ;;
      database) pair=dbname=$value ;;
      ssl) # asyncpg's name for it
        case $value in
          [Tt]rue | 1 | on) value=require ;;
          [Ff]alse | 0 | off) value=disable ;;
        esac
        pair=sslmode=$value
        ;;
      host | hostaddr | port | dbname | user | service | passfile | options | application_name | \
        connect_timeout | target_session_attrs | load_balance_hosts | requirepeer | require_auth | \
        sslmode | sslcert | sslkey | sslrootcert | sslcrl | sslcrldir | sslsni | sslcertmode | \
        sslnegotiation | ssl_min_protocol_version | ssl_max_protocol_version | channel_binding | \
        gssencmode | krbsrvname | keepalives | keepalives_* | tcp_user_timeout)
        pair=$key=$value
        ;;
      client_encoding | '') continue ;; # ours is UTF-8
      *)
        case $key in *[!A-Za-z0-9_]*) key='?' ;; esac
        warn 'DATABASE_URL: the parameter "%s" is not for psql; left out.' \
          'DATABASE_URL：参数 "%s" 不适用于 psql，已忽略。' "$key"
        continue
        ;;
    esac
    [ "$key" = password ] || conninfo=$conninfo$separator$pair separator='&'
  done

  if [ -n "$password" ]; then
    percent_decode "$password"
    PGPASSWORD=$decoded
    export PGPASSWORD
  fi
}

# ---- psql ----------------------------------------------------------------

clean_up() {
  result=$?
  trap - EXIT
  trap '' HUP INT TERM
  [ -z "$staging" ] || rm -rf -- "$staging"
  [ -z "$work" ] || rm -rf "$work"
  exit "$result"
}

make_work() {
  staging='' work=''
  trap clean_up EXIT
  trap 'exit 130' HUP INT PIPE TERM
  case ${TMPDIR:=/tmp} in /*) ;; *) TMPDIR=$PWD/$TMPDIR ;; esac
  work=$(mktemp -d "$TMPDIR/run_migrations.XXXXXX") ||
    die $status_failed 'No temporary directory could be made in %s; check TMPDIR.' \
      '无法在 %s 中创建临时目录，请检查 TMPDIR。' "$TMPDIR"
}

# run_psql [OPTION...]: reads SQL from standard input.
run_psql() {
  if [ -n "$conninfo" ]; then
    set -- -d "$conninfo" "$@"
  fi
  psql -X -w -q -P pager=off -v ON_ERROR_STOP=1 -v "work=$work" "$@"
}

# Can we connect, and is the extension there? Only here is a message's wording
# looked at: a connection that is refused tells no SQLSTATE.
connect() {
  command -v psql >/dev/null ||
    die $status_psql 'psql is not installed, or not in PATH. On Debian: apt-get install postgresql-client' \
      '没有安装 psql，或不在 PATH 中。Debian 上：apt-get install postgresql-client'
  conninfo=
  [ -z "${DATABASE_URL:-}" ] || parse_url "$DATABASE_URL"
  PGCLIENTENCODING=UTF8
  PGCONNECT_TIMEOUT=${PGCONNECT_TIMEOUT:-15}
  export PGCLIENTENCODING PGCONNECT_TIMEOUT
  make_work

  if run_psql -A -t >"$work/found" 2>"$work/refused" <<'SQL'; then
SELECT pg_catalog.count(*) FROM pg_catalog.pg_extension WHERE extname OPERATOR(pg_catalog.=) 'zishu_migrate';
SQL
    cat "$work/refused" >&2
    [ "$(cat "$work/found")" = 0 ] || return 0
    die $status_extension 'This database lacks the extension zishu_migrate. Once it is installed on the server, a superuser runs here: CREATE EXTENSION zishu_migrate;' \
      '此数据库没有 zishu_migrate 扩展。请先在服务器上安装，再由超级用户在此库执行：CREATE EXTENSION zishu_migrate;'
  fi
  cat "$work/refused" >&2
  case $(cat "$work/refused") in
    *'database "'*'" does not exist'* | *'数据库 "'*'" 不存在'* | *'数据库"'*'"不存在'*)
      die $status_database 'There is no such database. Check the name behind the last "/" of DATABASE_URL (or PGDATABASE), or create it: createdb NAME' \
        '数据库不存在。请检查 DATABASE_URL 末尾的库名（或 PGDATABASE），或用 createdb 创建。'
      ;;
    *authentication* | *'no password supplied'* | *pg_hba.conf* | *'role "'* | *'permission denied for database'* | \
      *'not permitted to log in'* | *认证* | *验证* | *口令* | *密码* | *角色* | *权限*)
      die $status_login 'The server refused the login. Check user and password in DATABASE_URL (special characters percent-encoded), or PGUSER and PGPASSWORD, and the server'"'"'s pg_hba.conf.' \
        '服务器拒绝登录。请检查 DATABASE_URL 中的用户名和密码（特殊字符须百分号编码），或 PGUSER、PGPASSWORD，以及服务器的 pg_hba.conf。'
      ;;
    *' URI'* | *percent-encoded* | *百分号* | *'invalid port'* | *'invalid integer value'* | *'invalid sslmode value'* | *'definition of service'*)
      die $status_usage 'A connection setting is wrong. Check DATABASE_URL and the PG... variables.' \
        '连接参数有误。请检查 DATABASE_URL 与 PG 开头的环境变量。'
      ;;
  esac
  die $status_server 'No connection to the server. Check that it runs, that host and port in DATABASE_URL (or PGHOST and PGPORT) are right, and any firewall between.' \
    '无法连接服务器。请检查服务器是否在运行、DATABASE_URL 中的主机和端口（或 PGHOST、PGPORT）是否正确，以及防火墙。'
}

# try [SQL], or from standard input: psql ends after it if it fails.
try() {
  printf '%s\n' '\set ON_ERROR_STOP 0' '\set ERROR true' "${1:-$(cat)}" '\if :ERROR' '\o :work/state' \
    '\qecho :SQLSTATE' '\o' '\quit' '\endif' '\set ON_ERROR_STOP 1'
}

# session [OPTION...]: runs what comes on standard input; says what to do when
# it failed, and ends with the right status then.
session() {
  : >"$work/state"
  run_psql "$@"
  result=$?
  code=$(cat "$work/state")
  [ -n "$code" ] || case $result in
    0) return 0 ;;
    2) die $status_server 'The connection was lost. "%s current" shows where the database stands.' \
      '连接中断。用 "%s current" 查看数据库当前所在的修订。' $program ;;
  esac
  case $code in
    ZM003)
      die $status_heads 'There are several heads. "%s heads" names them; "merge" joins them, or give "heads", "LABEL@head" or a revision as the target (for create: --head).' \
        '存在多个头修订。用 "%s heads" 查看，用 merge 合并，或以 heads、标签@head 或某个修订为目标（create 则用 --head）。' $program
      ;;
    ZM012)
      die $status_failed 'Revisions are pending, and what they do would be generated once more. Run "%s upgrade heads" first.' \
        '还有未执行的修订，其内容会被重复生成。请先执行 "%s upgrade heads"。' $program
      ;;
    ZM013)
      die $status_differs '"%s diff" prints the statements that would make it so, "%s create" makes a revision of them.' \
        '用 "%s diff" 打印使其一致的语句，用 "%s create" 生成修订。' $program $program
      ;;
    ZM015)
      die $status_files 'Nothing was loaded or written. Correct the file in %s and run the command again.' \
        '未载入或写出任何内容。请改正 %s 中的文件后重试。' "$versions"
      ;;
    00000 | :SQLSTATE)
      die $status_failed 'The output could not be written. "%s current" shows where the database stands.' \
        '无法写出结果。用 "%s current" 查看数据库当前所在的修订。' $program
      ;;
    42501)
      die $status_rights 'The role lacks a right. Rights on the zishu_ functions are granted as the README says; who may not load files uses --no-load.' \
        '该角色缺少权限。zishu_ 函数的授权语句见 README；无权载入文件者可使用 --no-load。'
      ;;
  esac
  die $status_failed '"%s" failed, and what it had begun was rolled back. Correct what the message above says, and run it again.' \
    '"%s" 失败，已开始的改动均已撤销。请按上面的信息改正后重试。' "$command"
}

# look QUERY [OPTION...]: shows its result.
look() {
  query=$1
  shift
  try "$query;" | session "$@"
}

# list NAME COUNT: the variables NAME1, NAME2, ... as an array.
list() {
  number=0
  printf 'ARRAY['
  while [ $number -lt "$2" ]; do
    [ $number -eq 0 ] || printf ', '
    number=$((number + 1))
    printf ":'%s%s'" "$1" $number
  done
  printf ']::text[]'
}

# ---- files to the server -------------------------------------------------

# Counts the files of a directory, and refuses what could not be sent. Sets
# $count.
count_files() {
  count=0
  if [ ! -r "$1" ] || [ ! -x "$1" ]; then
    die $status_files 'The directory %s cannot be read.' '无法读取目录 %s。' "$1"
  fi
  for file in "$1"/*.sql; do
    [ -e "$file" ] || [ -L "$file" ] || continue
    [ ! -d "$file" ] || continue
    [ -f "$file" ] && [ -r "$file" ] ||
      die $status_files 'The file %s cannot be read.' '无法读取文件 %s。' "$file"
    case ${file##*/} in *'
'*) die $status_files 'The name of %s has a line end in it.' '文件名 %s 中含有换行符。' "$file" ;;
    esac
    count=$((count + 1))
  done
}

# Prints the names of the files of another tool in the directory and those
# below it, one a line; scripts, what describes them, and steps in code.
list_tree() {
  (cd -- "$1" && find . -name '.?*' -prune -o -type f \( -name '*.sql' -o -name '*.psql' -o \
    -name '*.toml' -o -name '*.json' -o -name '*.conf' -o -name '*.plan' -o -name '*.sum' -o \
    -name '*.yaml' -o -name '*.yml' -o -name '*.xml' -o -name '*.go' -o -name '*.py' -o \
    -name '*.js' -o -name '*.ts' -o -name '*.java' -o -name '*.rs' \) -print)
}

# Sets $files, the number of files in the versions directory.
find_files() {
  files=0
  [ -z "$no_load" ] || return 0
  if [ -d "$versions" ]; then
    if [ "$format" != native ]; then
      files=$(($(list_tree "$versions" | wc -l)))
      return
    fi
    count_files "$versions"
    files=$count
    return
  fi
  [ "$command" != load ] && [ -z "${ZISHU_VERSIONS_DIR:-}" ] ||
    die $status_files 'There is no directory %s. Check where you are, or ZISHU_VERSIONS_DIR.' \
      '目录 %s 不存在。请检查当前目录或 ZISHU_VERSIONS_DIR。' "$versions"
  warn 'There is no directory %s here; nothing is loaded.' '此处没有目录 %s，不载入文件。' "$versions"
}

# Sets $pieces, the number of files in the model directory; 0: there is none.
find_model() {
  pieces=0
  [ -z "$no_load" ] || return 0
  if [ -d "$model" ]; then
    count_files "$model"
    pieces=$count
    [ "$pieces" -gt 0 ] ||
      die $status_files 'The directory %s has no .sql files.' '目录 %s 中没有 .sql 文件。' "$model"
    return
  fi
  [ "$command" != model ] && [ -z "${ZISHU_MODEL_DIR:-}" ] ||
    die $status_files 'There is no directory %s. Check where you are, or ZISHU_MODEL_DIR.' \
      '目录 %s 不存在。请检查当前目录或 ZISHU_MODEL_DIR。' "$model"
}

if command -v base64 >/dev/null; then
  coding=base64
  encode() { base64 | tr -d '\n'; }
else
  coding=hex
  encode() { od -An -v -tx1 | tr -d ' \n'; }
fi

# in_batches COMMAND [PATTERN]: gives it the files here, for a process for each
# of them would take far longer.
in_batches() {
  act=$1
  pattern=${2:-*.sql}
  set --
  for file in $pattern; do
    [ -f "$file" ] || continue
    set -- "$@" "$file"
    if [ $# -ge 50 ]; then
      "$act" "$@" || return
      set --
    fi
  done
  [ $# -eq 0 ] || "$act" "$@"
}

# The same with the files whose names are on standard input.
in_batches_of_names() {
  act=$1
  set --
  while IFS= read -r file; do
    set -- "$@" "${file#./}"
    if [ $# -ge 50 ]; then
      "$act" "$@" || return
      set --
    fi
  done
  [ $# -eq 0 ] || "$act" "$@"
}

# send FILE...: a row of COPY data: sizes, names, contents behind one another.
send() {
  printf '%s\t' $coding
  wc -c -- "$@" /dev/null | LC_ALL=C sed 's/^ *\([0-9]*\) .*/\1/' | tr '\n' ' '
  printf '\t'
  printf '%s\n' "$@" | encode
  printf '\t'
  cat -- "$@" | encode
  printf '\n'
}

# sql_files DIRECTORY FORMAT: makes rows of pg_temp.zishu_file of its files.
# Within a transaction, which ends them, too.
sql_files() {
  printf '%s\n' 'SET LOCAL search_path = pg_catalog;'
  try 'CREATE TEMPORARY TABLE zishu_batch (coding text, sizes text, names text, contents text) ON COMMIT DROP;'
  printf '%s\n' 'CREATE TEMPORARY TABLE zishu_file (name text, content text) ON COMMIT DROP;' \
    'COPY pg_temp.zishu_batch FROM STDIN;'
  if [ "$2" = native ]; then
    (cd -- "$1" && in_batches send) 2>/dev/null
  else
    list_tree "$1" | (cd -- "$1" && in_batches_of_names send) 2>/dev/null
  fi
  printf '%s\n' '\.' '\set SHOW_CONTEXT never'
  try <<'SQL'
DO $$
DECLARE
  batch record;
  contents bytea;
  names text[];
  sizes int[];
  start int;
  name text;
BEGIN
  FOR batch IN SELECT * FROM pg_temp.zishu_batch LOOP
    name := '?';
    names := string_to_array(convert_from(decode(batch.names, batch.coding), 'UTF8'), E'\n');
    sizes := string_to_array(rtrim(batch.sizes), ' ');
    contents := decode(batch.contents, batch.coding);
    -- Behind the sizes stand that of /dev/null and the sum, behind the names nothing.
    IF cardinality(sizes) <> cardinality(names) + 1 OR length(contents) <> sizes[cardinality(sizes)] THEN
      RAISE EXCEPTION 'the files could not be read, or changed while they were read' USING ERRCODE = 'ZM015';
    END IF;
    start := 1;
    FOR i IN 1 .. cardinality(names) - 1 LOOP
      name := names[i];
      INSERT INTO pg_temp.zishu_file VALUES (name, convert_from(substring(contents, start, sizes[i]), 'UTF8'));
      start := start + sizes[i];
    END LOOP;
  END LOOP;
EXCEPTION WHEN character_not_in_repertoire OR untranslatable_character THEN
  RAISE EXCEPTION 'file "%": %', name, SQLERRM USING ERRCODE = 'ZM015';
END
$$;
SQL
  printf '%s\n' '\set SHOW_CONTEXT errors' '\pset format unaligned' '\t on'
}

# Ends what sql_files began.
sql_files_end() {
  printf '%s\n' '\t off' '\pset format aligned' 'DROP TABLE pg_temp.zishu_batch, pg_temp.zishu_file;' \
    'SET LOCAL search_path TO DEFAULT;'
}

# What sql_files made as arguments of a function, in the order of names.
sent="(SELECT array_agg(name ORDER BY name COLLATE \"C\") AS names,
      array_agg(content ORDER BY name COLLATE \"C\") AS contents
    FROM pg_temp.zishu_file) AS f"

# The format as psql is to see it: what was typed is in a variable.
quoted_format() {
  if [ "$format" = native ]; then printf '%s' "'native'"; else printf '%s' ":'arg1'"; fi
}

# What else zishu_import() takes: values of placeholders are given as NAME=VALUE.
import_options() {
  [ "$format" != native ] || return 0
  printf '%s' ", partial => $partial, placeholders => (
    SELECT jsonb_object_agg(split_part(p, '=', 1), substr(p, strpos(p, '=') + 1))
    FROM unnest($(list placeholder $placeholders)) AS p)"
}

# Begins a transaction and imports the versions in it; the caller ends it.
sql_load() {
  printf '%s\n' 'BEGIN ISOLATION LEVEL READ COMMITTED;'
  [ "$files" -gt 0 ] || return 0
  sql_files "$versions" "$format"
  try "SELECT concat(i.action, ' ', i.revision)
  FROM $sent, zishu_import($(quoted_format), f.names, f.contents$(import_options)) AS i
  WHERE i.action <> 'unchanged';"
  sql_files_end
}

# Imports the model, within a transaction.
sql_model() {
  [ "$pieces" -gt 0 ] || return 0
  sql_files "$model" native
  [ "$command" = model ] || printf '%s\n' '\o :work/loaded'
  try "SELECT concat(i.action, ' ', i.name)
  FROM $sent, zishu_import_model(f.names, f.contents) AS i
  WHERE i.action <> 'unchanged';"
  printf '%s\n' '\o'
  sql_files_end
}

# ---- files from the server -----------------------------------------------

# A directory within $versions for what is not whole yet: a file is complete
# before it gets its name.
make_staging() {
  if mkdir -p -- "$versions" && [ -w "$versions" ] && [ -x "$versions" ]; then
    staging=$versions/.$program.$$
    mkdir -- "$staging" && return
    staging=
  fi
  die $status_files 'The directory %s cannot be written.' '无法写入目录 %s。' "$versions"
}

# sql_export [CONDITION]: lets psql write revision files as lines: ">" and a
# name, then the lines of the content, each behind a "|". The names are plain
# file names whatever they were; the second of two alike gets another.
sql_export() {
  printf '%s\n' '\pset format unaligned' '\t on' '\o :work/files'
  try <<SQL
SELECT '>' || CASE
    WHEN octet_length(stem) <= 240 AND row_number() OVER (PARTITION BY stem ORDER BY n) = 1 THEN stem
    ELSE concat(left(stem, 40), '_', left(encode(sha256(convert_to(content, 'UTF8')), 'hex'), 12)) END
  || E'.sql\\n|' || replace(content, E'\\n', E'\\n|')
  FROM (SELECT n, content, regexp_replace(regexp_replace(regexp_replace(
        name, '[/[:cntrl:]]', '_', 'g'), '^([.]|\$)', '_'), '[.]sql\$', '') AS stem
      FROM zishu_export() WITH ORDINALITY AS e (name, content, n) ${1:-}) AS file
  ORDER BY n;
SQL
  printf '%s\n' '\o'
}

# sql_export_history FORMAT: the same for the files of another tool, whose names
# are plain.
sql_export_history() {
  printf '%s\n' '\pset format unaligned' '\t on' '\o :work/files'
  try "SELECT '>' || name || E'\\n|' || replace(content, E'\\n', E'\\n|')
  FROM zishu_export_history($1) WITH ORDINALITY AS e (name, content, n)
  ORDER BY n;"
  printf '%s\n' '\o'
}

move_up() { mv -f -- "$@" ..; }

# Moves what sql_export or sql_export_history wrote into $versions.
place_files() {
  (
    cd -- "$staging" && LC_ALL=C awk '
      BEGIN { ORS = "" }
      /^>/ { if (out) close(out); out = "./" substr($0, 2); between = ""; print "" >out; next }
      { print between substr($0, 2) >out; between = "\n" }' "$work/files" && in_batches move_up '*'
  ) || die $status_files 'The files could not all be written to %s. They are stored: "%s export" writes them.' \
    '未能将所有文件写入 %s。修订已存入数据库，可用 "%s export" 写出。' "$versions" $program
}

# ---- commands ------------------------------------------------------------

# author FUNCTION-CALL [OPTION...]: stores a revision, and loads and writes its
# file, after which all three agree. A call that gives NULL has stored none.
author() {
  call=$1
  shift
  make_staging
  find_files
  {
    sql_load
    sql_model
    printf '%s\n' 'SET LOCAL search_path = pg_catalog;'
    # That there is no difference is said here.
    [ $pieces -eq 0 ] || printf '%s\n' 'SET LOCAL client_min_messages = warning;'
    try "SELECT revision, revision IS NOT NULL AS stored FROM (SELECT $call AS revision OFFSET 0) AS new
\\gset"
    printf '%s\n' '\if :stored'
    this="WHERE content = (SELECT zishu_export(:'revision'))"
    try "SELECT action FROM (SELECT * FROM zishu_export() $this) AS file,
  zishu_import('native', ARRAY[name], ARRAY[content])
\\gset"
    sql_export "$this"
    printf '%s\n' '\endif' 'COMMIT;'
  } | session "$@" || exit
  if [ ! -s "$work/files" ]; then
    say 'The schema is as the model says: no revision was made.' '结构与模型一致，未生成修订。'
    return
  fi
  name=$(sed 's/^>//;q' "$work/files")
  place_files
  printf '%s\n' "$versions/$name"
}

# statements SOURCE TARGET [OPTION...]: prints the SQL that turns one into the
# other, with what to know before it is run on rows.
statements() {
  call="zishu_diff($1, $2)"
  shift 2
  [ "$command" = dump ] && told=NULL || told=hazard
  {
    printf '%s\n' 'BEGIN ISOLATION LEVEL READ COMMITTED;'
    sql_model
    printf '%s\n' 'COMMIT;' '\pset format unaligned' '\t on' '\o :work/sql'
    try "SELECT concat('-- ' || nullif(replace($told, E'\\n', ' '), '') || E'\\n',
    CASE WHEN top_level THEN E'-- Not in a transaction block.\\n' END, statement, ';',
    CASE WHEN commit_after THEN E'\\n-- What follows needs this committed.' END)
  FROM $call ORDER BY step;"
    printf '%s\n' '\o :work/count' '\qecho :ROW_COUNT' '\o'
  } | session "$@" || exit
  [ "$command" != dump ] || printf '%s\n' "SET client_encoding = 'UTF8';"
  cat "$work/sql"
  [ "$command" != diff ] || [ "$(cat "$work/count")" -gt 0 ] ||
    warn 'There is no difference.' '没有差异。'
}

# run FUNCTION-CALL [OPTION...]: tells the steps, or that there were none.
run() {
  call=$1
  shift
  {
    [ "$command" = downgrade ] || sql_load
    [ "$command" = downgrade ] || [ $dry_run = true ] || printf '%s\n' 'COMMIT;'
    try "SELECT step, action, revision, message, statements, elapsed FROM $call
\\g :work/steps"
    printf '%s\n' '\o :work/count' '\qecho :ROW_COUNT' '\o'
  } | session "$@" || exit
  if [ "$(cat "$work/count")" -gt 0 ]; then
    cat "$work/steps"
  else
    say 'Nothing to do.' '没有需要执行的步骤。'
  fi
}

# usage MIN MAX OPTION...: what the command takes.
usage() {
  least=$1
  most=$2
  shift 2
  allowed=" $* "
}

main() {
  [ $# -gt 0 ] || { help >&2; exit $status_usage; }
  command=$1
  shift
  case $command in
    upgrade) usage 0 1 --tenant= --dry-run --no-load ;;
    downgrade) usage 0 1 --tenant= --dry-run ;;
    current | heads | status | report) usage 0 0 --tenant= ;;
    history | graph) usage 0 1 --tenant= ;;
    show) usage 1 1 --tenant= ;;
    create) usage 1 1 --head= --splice --empty --no-load ;;
    merge) usage 0 9999 --message= --no-load ;;
    stamp) usage 1 9999 --tenant= --purge --no-load ;;
    sql) usage 0 1 --downgrade --ledger= ;;
    export) usage 0 2 ;;
    load) usage 0 1 --partial --placeholder= ;;
    branches | model | dump) usage 0 0 ;;
    check) usage 0 0 --no-load ;;
    diff) usage 0 2 --no-load ;;
    help | -h | --help) help; exit 0 ;;
    *) usage_error 'There is no command "%s".' '没有命令 "%s"。' "$command" ;;
  esac

  # What was given turns into options of psql, which set its variables.
  tenant='' dry_run=false no_load='' purge=false splice=false empty=false pieces=0
  message='' ledger=alembic direction=up format=native arguments=0 heads=0 only_arguments=''
  partial=false placeholders=0
  left=$#
  while [ $left -gt 0 ]; do
    word=$1
    shift
    left=$((left - 1))
    option=${word%%=*}
    case $only_arguments$option in
      --) only_arguments=yes; continue ;;
      -m) option=--message word=--message ;;
      -h | --help) help; exit 0 ;;
      -[!0-9]*) ;;
      *) option= ;;
    esac
    if [ -z "$option" ]; then
      arguments=$((arguments + 1))
      argument=$word
      set -- "$@" -v "arg$arguments=$word"
      continue
    fi
    case $allowed in
      *" $word "*) ;; # takes no value
      *" $option= "*)
        value=${word#*=}
        if [ "$word" = "$option" ]; then
          [ $left -gt 0 ] || usage_error '"%s" needs a value.' '"%s" 需要一个值。' "$word"
          value=$1
          shift
          left=$((left - 1))
        fi
        ;;
      *)
        usage_error '"%s" has no option "%s"; put "--" before an argument that begins with "-".' \
          '"%s" 没有选项 "%s"；以 "-" 开头的参数前须写 "--"。' "$command" "$word"
        ;;
    esac
    case $option in
      --dry-run) dry_run=true ;;
      --no-load) no_load=1 ;;
      --purge) purge=true ;;
      --downgrade) direction=down ;;
      --splice) splice=true ;;
      --empty) empty=true ;;
      --tenant) tenant=$value ;;
      --ledger) ledger=$value ;;
      --message) message=$value ;;
      --head) heads=$((heads + 1)); set -- "$@" -v "head$heads=$value" ;;
      --partial) partial=true ;;
      --placeholder)
        case $value in
          ?*=*) ;;
          *) usage_error '"%s" takes NAME=VALUE.' '"%s" 的值须为 名称=值。' "$option" ;;
        esac
        placeholders=$((placeholders + 1))
        set -- "$@" -v "placeholder$placeholders=$value"
        ;;
    esac
  done
  [ $arguments -ge "$least" ] ||
    usage_error '"%s" needs an argument.' '"%s" 需要一个参数。' "$command"
  [ "$command" != export ] || [ $arguments -ne 1 ] ||
    usage_error '"export" needs a directory, too.' 'export 还需要一个目录。'
  [ $arguments -le "$most" ] ||
    usage_error '"%s": too many arguments; put one with blanks in it in quotes.' \
      '"%s"：参数过多；含空格的参数须加引号。' "$command"
  [ $direction = up ] || [ $arguments -eq 1 ] ||
    usage_error '"sql --downgrade" needs a range, such as b:a.' 'sql --downgrade 需要一个范围，如 b:a。'
  set -- "$@" -v "tenant=$tenant" -v "ledger=$ledger" -v "message=$message"

  connect
  target=:\'arg1\'
  case $command in
    upgrade)
      find_files
      [ $arguments -gt 0 ] || target="'head'"
      run "zishu_upgrade($target, :'tenant', $dry_run)" "$@"
      ;;
    downgrade)
      [ $arguments -gt 0 ] || target="'-1'"
      run "zishu_downgrade($target, :'tenant', $dry_run)" "$@"
      ;;
    current) look "SELECT * FROM zishu_current(:'tenant')" "$@" ;;
    heads) look "SELECT * FROM zishu_heads(tenant => :'tenant')" "$@" ;;
    branches) look 'SELECT * FROM zishu_branches()' "$@" ;;
    status) look "SELECT * FROM zishu_status(:'tenant')" -x "$@" ;;
    graph)
      [ $arguments -gt 0 ] || target="'text'"
      look "SELECT * FROM zishu_graph($target, :'tenant')" -A -t "$@"
      ;;
    report) look "SELECT zishu_report(:'tenant')" -A -t "$@" ;;
    show) look "SELECT * FROM zishu_show(:'arg1', :'tenant')" -x "$@" ;;
    history)
      [ $arguments -gt 0 ] || target=NULL
      look "SELECT revision, down_revisions, depends_on, branch_labels,
          concat_ws(', ', CASE WHEN is_current THEN 'current' WHEN is_applied THEN 'applied' END,
            CASE WHEN is_head THEN 'head' END, CASE WHEN is_branchpoint THEN 'branchpoint' END,
            CASE WHEN is_mergepoint THEN 'mergepoint' END) AS state, message
        FROM zishu_history($target, :'tenant')" "$@"
      ;;
    create)
      scripts="upgrade => '', downgrade => ''"
      [ $empty = true ] || find_model
      [ $pieces -eq 0 ] || scripts='autogenerate => true'
      author "zishu_revision(:'arg1', $scripts,
        head => nullif($(list head $heads), '{}'), splice => $splice)" "$@"
      ;;
    merge)
      [ $arguments -eq 0 ] && revisions="'{heads}'" || revisions=$(list arg $arguments)
      author "zishu_merge($revisions, message => nullif(:'message', ''))" "$@"
      ;;
    stamp)
      find_files
      {
        sql_load
        try "SELECT * FROM zishu_stamp($(list arg $arguments), $purge, :'tenant');"
        printf '%s\n' 'COMMIT;'
      } | session "$@"
      ;;
    sql)
      [ $arguments -gt 0 ] || target="'head'"
      look "SELECT zishu_${direction}grade_sql($target, :'ledger')" -A -t "$@"
      ;;
    load)
      [ $arguments -eq 0 ] || format=other
      find_files
      { sql_load; printf '%s\n' 'COMMIT;'; } | session "$@" || exit
      say 'Files read from %s: %d' '已从 %s 读取 %d 个文件' "$versions" "$files"
      ;;
    model)
      find_model
      { printf '%s\n' 'BEGIN ISOLATION LEVEL READ COMMITTED;'; sql_model; printf '%s\n' 'COMMIT;'; } |
        session "$@" || exit
      say 'Files read from %s: %d' '已从 %s 读取 %d 个文件' "$model" $pieces
      ;;
    check)
      find_model
      {
        printf '%s\n' 'BEGIN ISOLATION LEVEL READ COMMITTED;'
        sql_model
        printf '%s\n' 'COMMIT;' '\o :work/checked'
        try 'SELECT zishu_check();'
      } | session "$@" || exit
      say 'The schema is as the model says.' '结构与模型一致。'
      ;;
    diff)
      find_model
      [ $arguments -gt 0 ] || target="'live'"
      [ $arguments -gt 1 ] && other=:\'arg2\' || other="'model'"
      statements "$target" "$other" "$@"
      ;;
    dump) statements "'empty'" "'live'" "$@" ;;
    export)
      [ $arguments -eq 0 ] || versions=$argument
      make_staging
      {
        printf '%s\n' 'BEGIN;' 'SET LOCAL search_path = pg_catalog;'
        if [ $arguments -eq 0 ]; then sql_export; else sql_export_history "$target"; fi
        printf '%s\n' 'COMMIT;'
      } | session "$@" || exit
      place_files
      say 'Files written to %s: %d' '已向 %s 写出 %d 个文件' "$versions" "$(grep -c '^>' "$work/files")"
      ;;
  esac
}

main "$@"
