#!/bin/sh
# Migrations of one project from the command line: POSIX shell and psql, and
# the functions of the extension zishu_migrate. "run_migrations.sh help" tells
# the commands; the exit statuses stand there, too.
#
# How it is built:
# - What a user gave reaches the server as psql variables (:'name'), never as
#   a part of the SQL text. Files reach it as base64 in COPY data, so that any
#   name and any bytes do, and everything that belongs together is sent in one
#   session and one transaction.
# - DATABASE_URL is taken apart here. The password goes into a private file
#   for libpq to read; the rest, which is no secret, onto psql's command line.
# - A statement that may fail for the user's reasons is followed by
#   sql_check, which leaves its SQLSTATE in a file: that, not the wording of
#   a message, decides what is said and which status is returned.

set -u

program=run_migrations.sh

status_failed=1
status_usage=2
status_server=3
status_login=4
status_database=5
status_extension=6
status_heads=7
status_files=8
status_psql=127

# ---- language ------------------------------------------------------------

# As gettext chooses: LANGUAGE counts unless the locale is C.
pick_language() {
  language=en
  locale=${LC_ALL:-${LC_MESSAGES:-${LANG:-C}}}
  case $locale in C | POSIX | C.*) return ;; esac
  wanted=${LANGUAGE:-$locale}:
  while [ -n "$wanted" ]; do
    case ${wanted%%:*} in
      zh*) language=zh; return ;;
      en*) return ;;
    esac
    wanted=${wanted#*:}
  done
}

# say ENGLISH CHINESE [ARGUMENT...]: both are printf formats.
say() {
  format=$1
  [ "$language" = en ] || format=$2
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
  warn "\"%s help\" tells what there is." '用 "%s help" 查看用法。' "$program"
  exit $status_usage
}

help() {
  if [ "$language" = zh ]; then
    cat <<END
用法: $program 命令 [参数] [选项]

  upgrade [目标]        先载入版本目录，再升级（默认 head）
  downgrade [目标]      回退（默认 -1，即一步；base 为全部）
  current               数据库当前所在的修订
  history [范围]        修订历史，新的在前；范围如 a:b、-3:、:head
  heads                 所有的头修订
  branches              分叉点
  show 修订             一个修订的全部内容
  create "说明"         新建修订：存入数据库，并在版本目录中写出文件
  merge [修订...]       合并多个头（默认全部），同样写出文件
  stamp 目标...         只改写版本记录，不运行任何脚本
  sql [范围]            打印升级所用的 SQL，不执行（默认 head）
  load                  只载入版本目录
  export                把所有修订写入版本目录
  status                一目了然：当前、头、待执行、正在运行、最近一次
  help                  本说明

选项
  --dry-run             upgrade、downgrade：只列出步骤
  --no-load             upgrade、stamp、create、merge：不先载入版本目录
  --tenant 名称         upgrade、downgrade、stamp：租户（模式名）
  --purge               stamp：先清空版本记录
  --downgrade           sql：打印回退所用的 SQL（须给出范围，如 b:a）
  --ledger 种类         sql：alembic（默认）、zishu 或 none
  -m, --message 说明    merge：说明
  --head 修订           create：接在该修订之后（可重复）
  --splice              create、merge：允许接在非头修订之后
  --rev-id 标识         create、merge：指定标识
  --branch-label 标签   create、merge：分支标签（可重复）
  --depends-on 修订     create：依赖（可重复）
  -h, --help            本说明

环境变量
  DATABASE_URL          如 postgresql+asyncpg://user:password@host:5432/db；
                        没有时使用 libpq 自己的变量（PGHOST 等）
  ZISHU_VERSIONS_DIR    版本目录，默认 migrations/versions

upgrade、stamp、create、merge 会先载入版本目录；其余命令读取数据库中已有的内容。

退出状态
  0 成功    $status_failed 命令或迁移失败    $status_usage 用法错误    $status_server 连不上服务器
  $status_login 登录被拒绝    $status_database 数据库不存在    $status_extension 缺少扩展    $status_heads 存在多个头
  $status_files 版本目录或其中的文件有问题    $status_psql 缺少 psql
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
                        versions directory
  merge [REVISION...]   join several heads (by default all); writes a file, too
  stamp TARGET...       set the version rows without running anything
  sql [RANGE]           print the SQL of an upgrade instead (to head)
  load                  only load the versions directory
  export                write all revisions into the versions directory
  status                at a glance: current, heads, pending, running, last
  help                  this text

Options
  --dry-run             upgrade, downgrade: only list the steps
  --no-load             upgrade, stamp, create, merge: don't load the versions
                        directory first
  --tenant NAME         upgrade, downgrade, stamp: of this tenant, a schema
  --purge               stamp: empty the version rows first
  --downgrade           sql: print the SQL of a downgrade (with a range: b:a)
  --ledger KIND         sql: alembic (the default), zishu or none
  -m, --message TEXT    merge: its description
  --head REVISION       create: follow this revision (may be repeated)
  --splice              create, merge: follow one that is not a head
  --rev-id ID           create, merge: this id
  --branch-label LABEL  create, merge: a branch label (may be repeated)
  --depends-on REVISION create: a dependency (may be repeated)
  -h, --help            this text

Environment
  DATABASE_URL          such as postgresql+asyncpg://user:password@host:5432/db;
                        without it libpq's own variables count (PGHOST, ...)
  ZISHU_VERSIONS_DIR    the versions directory; by default migrations/versions

upgrade, stamp, create and merge load the versions directory first; the other
commands look at what the database holds.

Exit status
  0 done    $status_failed the command or a migration failed    $status_usage wrong usage
  $status_server no server    $status_login login refused    $status_database no such database    $status_extension no extension
  $status_heads several heads    $status_files the versions directory or a file in it    $status_psql no psql
END
  fi
}

# ---- DATABASE_URL --------------------------------------------------------

# percent_decode TEXT: sets $decoded.
percent_decode() {
  decoded=
  rest=$1
  while :; do
    case $rest in
      *%[0-9A-Fa-f][0-9A-Fa-f]*) ;;
      *) break ;;
    esac
    before=${rest%%%[0-9A-Fa-f][0-9A-Fa-f]*}
    rest=${rest#"$before"%}
    code=${rest%"${rest#??}"}
    rest=${rest#??}
    [ "$code" != 00 ] ||
      usage_error 'DATABASE_URL contains %%00, which no server takes.' 'DATABASE_URL 中含有 %%00，任何服务器都不接受。'
    # The x keeps a line end from being cut off.
    # shellcheck disable=SC2059
    byte=$(printf "\\$(printf '%03o' "0x$code")x")
    decoded=$decoded$before${byte%x}
  done
  decoded=$decoded$rest
}

# conninfo_add KEYWORD VALUE: quoted as libpq wants it.
conninfo_add() {
  rest=$2
  value=
  while :; do
    case $rest in
      *[\\\']*) ;;
      *) break ;;
    esac
    before=${rest%%[\\\']*}
    rest=${rest#"$before"}
    value="$value$before\\${rest%"${rest#?}"}"
    rest=${rest#?}
  done
  conninfo="$conninfo$1='$value$rest' "
}

# add_host HOST[:PORT]: one more of url_hosts and url_ports. Decoded by the
# caller or below; an IPv6 address stands in brackets or has several colons.
add_host() {
  port=
  case $1 in
    /*) host=$1 ;;
    \[*\]) host=${1#\[}; host=${host%\]} ;;
    \[*\]:*) host=${1#\[}; port=${host##*\]:}; host=${host%%\]*} ;;
    *:*:*) host=$1 ;;
    *:*) host=${1%:*}; port=${1##*:} ;;
    *) host=$1 ;;
  esac
  case $port in
    *[!0-9]*) usage_error 'DATABASE_URL: the port is not a number.' 'DATABASE_URL：端口不是数字。' ;;
  esac
  percent_decode "$host"
  url_hosts="$url_hosts$url_comma$decoded"
  url_ports="$url_ports$url_comma$port"
  url_comma=,
}

# add_hosts HOST[:PORT],...
add_hosts() {
  list=$1,
  while [ -n "$list" ]; do
    add_host "${list%%,*}"
    list=${list#*,}
  done
}

# Takes DATABASE_URL apart as SQLAlchemy and libpq do, into $conninfo (without
# any secret) and $url_password.
parse_url() {
  conninfo=
  url_hosts= url_ports= url_comma=
  url_user= url_password= url_port=
  url=$1
  case $url in
    postgresql://* | postgres://*) plus=+ ;;
    # SQLAlchemy reads "+" as a space in the part behind "?".
    postgresql+*://* | postgres+*://*) plus=' ' ;;
    *)
      usage_error 'DATABASE_URL must begin with postgresql:// or postgresql+driver://' \
        'DATABASE_URL 必须以 postgresql:// 或 postgresql+driver:// 开头'
      ;;
  esac
  driver=${url%%://*}
  case $driver in
    *[!A-Za-z0-9_+]*)
      usage_error 'DATABASE_URL must begin with postgresql:// or postgresql+driver://' \
        'DATABASE_URL 必须以 postgresql:// 或 postgresql+driver:// 开头'
      ;;
  esac
  url=${url#*://}

  # user[:password]@, where a password may hold "/" and "?" as they are.
  case $url in
    *@*)
      userinfo=${url%%@*}
      case ${userinfo%%:*} in
        */* | *\?* | *#*) ;;
        *)
          url=${url#*@}
          # A forgotten %40: what is left up to "/" must not hold another "@".
          while :; do
            case ${url%%[/?#]*} in *@*) ;; *) break ;; esac
            userinfo=$userinfo@${url%%@*}
            url=${url#*@}
          done
          percent_decode "${userinfo%%:*}"
          url_user=$decoded
          case $userinfo in
            *:*)
              percent_decode "${userinfo#*:}"
              url_password=$decoded
              ;;
          esac
          ;;
      esac
      ;;
  esac

  url=${url%%#*}
  query=
  case $url in *\?*) query=${url#*\?} url=${url%%\?*} ;; esac
  url_database=
  case $url in
    */*)
      percent_decode "${url#*/}"
      url_database=$decoded
      url=${url%%/*}
      ;;
  esac
  case $url in
    '') ;;
    :*) url_port=${url#:} ;;
    *) add_hosts "$url" ;;
  esac

  query_hosts=
  while [ -n "$query" ]; do
    pair=${query%%&*}
    case $query in *\&*) query=${query#*&} ;; *) query= ;; esac
    [ -n "$pair" ] || continue
    key=${pair%%=*}
    case $pair in *=*) raw=${pair#*=} ;; *) raw= ;; esac
    if [ "$plus" = ' ' ]; then
      spaced=
      while :; do
        case $raw in *+*) ;; *) break ;; esac
        spaced="$spaced${raw%%+*} "
        raw=${raw#*+}
      done
      raw=$spaced$raw
    fi
    percent_decode "$raw"
    case $key in
      host)
        # Instead of what stands before the "/"; several may be given.
        [ -n "$query_hosts" ] || url_hosts= url_ports= url_comma=
        query_hosts=1
        add_hosts "$decoded"
        ;;
      port) url_port=$decoded ;;
      user) url_user=$decoded ;;
      password) url_password=$decoded ;;
      dbname | database) url_database=$decoded ;;
      ssl)
        # asyncpg's name for it
        case $decoded in
          [Tt]rue | 1 | on) decoded=require ;;
          [Ff]alse | 0 | off) decoded=disable ;;
        esac
        conninfo_add sslmode "$decoded"
        ;;
      hostaddr | passfile | service | connect_timeout | application_name | options | \
        fallback_application_name | target_session_attrs | load_balance_hosts | \
        sslmode | sslnegotiation | sslcert | sslkey | sslrootcert | sslcrl | sslcrldir | \
        sslcompression | sslsni | sslcertmode | ssl_min_protocol_version | \
        ssl_max_protocol_version | min_protocol_version | max_protocol_version | \
        requirepeer | require_auth | channel_binding | gssencmode | gsslib | \
        gssdelegation | krbsrvname | keepalives | keepalives_idle | \
        keepalives_interval | keepalives_count | tcp_user_timeout)
        conninfo_add "$key" "$decoded"
        ;;
      client_encoding) ;;
      *)
        case $key in *[!A-Za-z0-9_]*) key='?' ;; esac
        warn 'DATABASE_URL: the parameter "%s" means nothing to libpq; left out.' \
          'DATABASE_URL：libpq 不认识参数 "%s"，已忽略。' "$key"
        ;;
    esac
  done

  case $url_port in
    *[!0-9,]*) usage_error 'DATABASE_URL: the port is not a number.' 'DATABASE_URL：端口不是数字。' ;;
  esac
  case $url_ports in *[0-9]*) ;; *) url_ports=$url_port ;; esac
  [ -z "$url_hosts" ] || conninfo_add host "$url_hosts"
  [ -z "$url_ports" ] || conninfo_add port "$url_ports"
  [ -z "$url_user" ] || conninfo_add user "$url_user"
  [ -z "$url_database" ] || conninfo_add dbname "$url_database"
}

# Hands the password over in a file that only we can read. What a line of
# that file cannot hold goes into the environment.
hand_over_password() {
  [ -n "$url_password" ] || return 0
  case $url_password in
    *[[:cntrl:]]*)
      PGPASSWORD=$url_password
      export PGPASSWORD
      ;;
    *)
      unset PGPASSWORD
      # Fed through a file descriptor, so that it is in no argument list.
      escaped=$(
        sed 's/[\\:]/\\&/g' <<END
$url_password
END
      )
      cat >"$work/pgpass" <<END
*:*:*:*:$escaped
END
      PGPASSFILE=$work/pgpass
      export PGPASSFILE
      ;;
  esac
  url_password= escaped= userinfo= decoded= rest=
}

# ---- psql ----------------------------------------------------------------

# A private directory; mkdir never takes one that is there already.
make_work() {
  base=${TMPDIR:-/tmp}
  case $base in /*) ;; *) base=$PWD/$base ;; esac
  number=0
  until mkdir -m 700 "$base/run_migrations.$$.$number" 2>/dev/null; do
    number=$((number + 1))
    [ $number -lt 100 ] ||
      die $status_failed 'No temporary directory could be made in %s; check TMPDIR.' \
        '无法在 %s 中创建临时目录，请检查 TMPDIR。' "$base"
  done
  work=$base/run_migrations.$$.$number
}

clean_up() {
  result=$?
  trap - EXIT
  trap '' HUP INT TERM
  [ -z "${staging:-}" ] || rm -rf "$staging"
  [ -z "${work:-}" ] || rm -rf "$work"
  exit "$result"
}

# run_psql [OPTION...]: reads SQL from standard input.
run_psql() {
  if [ -n "$conninfo" ]; then
    set -- -d "$conninfo" "$@"
  fi
  psql -X -w -q -P pager=off -v ON_ERROR_STOP=1 -v "state=$work/state" "$@"
}

# Can we connect, and is the extension there? Only here is a message's wording
# looked at: a connection that is refused gives no SQLSTATE away.
connect() {
  : >"$work/found"
  if run_psql -A -t >"$work/found" 2>"$work/refused" <<'SQL'; then
SELECT CASE
    WHEN EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'zishu_migrate') THEN 'there'
    WHEN EXISTS (SELECT FROM pg_catalog.pg_available_extensions WHERE name = 'zishu_migrate') THEN 'available'
    ELSE 'absent'
  END;
SQL
    case $(cat "$work/found") in
      there)
        cat "$work/refused" >&2
        return
        ;;
      available)
        die $status_extension \
          'This database lacks the extension zishu_migrate. Its owner runs: CREATE EXTENSION zishu_migrate;' \
          '此数据库没有 zishu_migrate 扩展。请由管理员执行：CREATE EXTENSION zishu_migrate;'
        ;;
      *)
        die $status_extension \
          'The extension zishu_migrate is not installed on this server. Install it there, then run: CREATE EXTENSION zishu_migrate;' \
          '此服务器没有安装 zishu_migrate 扩展。请先在服务器上安装，再执行：CREATE EXTENSION zishu_migrate;'
        ;;
    esac
  fi
  cat "$work/refused" >&2
  text=$(cat "$work/refused")
  case $text in
    *'database "'*'" does not exist'* | *'数据库 "'*'" 不存在'* | *'数据库"'*'"不存在'*)
      die $status_database \
        'There is no such database. Check the name behind the last "/" of DATABASE_URL (or PGDATABASE), or create it: createdb NAME' \
        '数据库不存在。请检查 DATABASE_URL 末尾的库名（或 PGDATABASE），或用 createdb 创建。'
      ;;
    *authentication* | *'no password supplied'* | *'no pg_hba.conf entry'* | *'role "'* | \
      *'permission denied for database'* | *'not permitted to log in'* | *认证* | *验证* | *pg_hba.conf* | *角色* | *'User does not have CONNECT'*)
      die $status_login \
        'The server refused the login. Check user and password in DATABASE_URL (special characters percent-encoded), or PGUSER and PGPASSWORD, and the server'"'"'s pg_hba.conf.' \
        '服务器拒绝登录。请检查 DATABASE_URL 中的用户名和密码（特殊字符须百分号编码），或 PGUSER、PGPASSWORD，以及服务器的 pg_hba.conf。'
      ;;
    *'invalid connection option'* | *'invalid sslmode value'* | *'invalid port number'* | *'invalid integer value'*)
      die $status_usage \
        'A connection setting is wrong. Check DATABASE_URL and the PG... variables.' \
        '连接参数有误。请检查 DATABASE_URL 与 PG 开头的环境变量。'
      ;;
    *)
      die $status_server \
        'No connection to the server. Check that it runs and that host and port in DATABASE_URL (or PGHOST and PGPORT) are right, and any firewall between.' \
        '无法连接服务器。请检查服务器是否在运行、DATABASE_URL 中的主机和端口（或 PGHOST、PGPORT）是否正确，以及防火墙。'
      ;;
  esac
}

# Ends the session after a failed statement, its SQLSTATE written down.
sql_check() {
  cat <<'SQL'
\if :ERROR
\o :state
\qecho :SQLSTATE
\o
\quit
\endif
\set ON_ERROR_STOP 1
SQL
}

# The next statement may fail: sql_check follows.
sql_try() { printf '%s\n' '\set ON_ERROR_STOP 0'; }

# Nothing in the session's search path stands before the system's own names.
sql_plain_path() { printf '%s\n' 'SET search_path = pg_catalog;'; }

# session [OPTION...]: runs what comes on standard input; says what to do when
# it failed, and ends with the right status then.
session() {
  : >"$work/state"
  run_psql "$@"
  result=$?
  code=$(cat "$work/state")
  [ $result -ne 0 ] || [ -n "$code" ] || return 0
  case $code in
    ZM003)
      die $status_heads \
        'There are several heads. "%s heads" names them; "merge" joins them, or give "heads", "LABEL@head" or a revision as the target (for create: --head).' \
        '存在多个头修订。用 "%s heads" 查看，用 merge 合并，或以 heads、标签@head 或某个修订为目标（create 则用 --head）。' "$program"
      ;;
    ZM015 | 22021)
      [ "$code" = ZM015 ] || name_bad_files
      die $status_files \
        'A file in %s cannot be read as a revision; nothing was loaded. Correct it and run the command again.' \
        '%s 中有文件不是有效的修订文件，未载入任何内容。请改正后重试。' "$versions"
      ;;
    ZM010)
      die $status_failed \
        'A script that has been applied was changed. Put it back as it was and make the change in a new revision.' \
        '已执行过的脚本被修改。请恢复原样，并把改动放入新的修订。'
      ;;
    ZM014 | 55P03)
      die $status_failed \
        'Another session is in the way; "%s status" shows a running migration. Try again later.' \
        '有其他会话正在占用。用 "%s status" 查看正在运行的迁移，稍后重试。' "$program"
      ;;
    42501)
      die $status_failed \
        'The role lacks a right. The README has the GRANT lines for authors and operators; an operator who may not load files uses --no-load.' \
        '该角色缺少权限。所需的 GRANT 语句见 README；无权载入文件的操作者可使用 --no-load。'
      ;;
    *)
      case $command in
        upgrade | downgrade)
          die $status_failed \
            'The %s failed and nothing of it was kept. The message above names the revision, the statement and the line; correct it and run the command again.' \
            '%s 失败，所有改动均已撤销。上面的信息指出了修订、语句和行号，请改正后重试。' "$command"
          ;;
      esac
      die $status_failed 'The command "%s" failed; the server'"'"'s message above says why.' \
        '命令 "%s" 失败，原因见上面的服务器信息。' "$command"
      ;;
  esac
}

# ---- files to the server -------------------------------------------------

# Looks which files the server must have choked on: not UTF-8, or a zero byte.
name_bad_files() {
  for file in "$versions"/*.sql; do
    [ -f "$file" ] || continue
    if tr -d '\000' <"$file" | cmp -s - "$file"; then
      command -v iconv >/dev/null || continue
      iconv -f UTF-8 -t UTF-8 <"$file" >/dev/null 2>&1 && continue
      warn '%s: not valid UTF-8' '%s：不是有效的 UTF-8' "$file"
    else
      warn '%s: contains a zero byte' '%s：含有零字节' "$file"
    fi
  done
}

encode() {
  if [ "$coding" = base64 ]; then
    base64 | tr -d '\n'
  else
    od -An -v -tx1 | tr -d ' \n'
  fi
}

# Counts the files and refuses what could not be sent.
# Sets $files; returns 1 if there is no directory.
look_at_files() {
  files=0
  if [ ! -d "$versions" ]; then
    [ -z "${ZISHU_VERSIONS_DIR:-}" ] ||
      die $status_files 'The versions directory %s does not exist; check ZISHU_VERSIONS_DIR.' \
        '版本目录 %s 不存在，请检查 ZISHU_VERSIONS_DIR。' "$versions"
    return 1
  fi
  [ -r "$versions" ] && [ -x "$versions" ] ||
    die $status_files 'The versions directory %s cannot be read.' '版本目录 %s 无法读取。' "$versions"
  for file in "$versions"/*.sql; do
    [ -e "$file" ] || [ -L "$file" ] || continue
    case ${file##*/} in
      *'
'*) die $status_files 'A file name in %s contains a line end.' '%s 中有文件名含换行符。' "$versions" ;;
    esac
    [ ! -d "$file" ] || continue
    [ -f "$file" ] && [ -r "$file" ] ||
      die $status_files '%s cannot be read.' '%s 无法读取。' "$file"
    files=$((files + 1))
  done
}

# send_batch FILE...: a row with the names, where each file begins, its size,
# and all contents behind one another. What goes wrong meanwhile makes the row
# too short, and the server is asked to notice that.
send_batch() {
  for file; do printf '%s\n' "${file##*/}"; done | encode
  printf '\t{%s}\t{%s}\t' "$starts" "$sizes"
  cat -- "$@" | encode
  printf '\n'
}

# send_group FILE...: as one row, or, when that would be a big one, as many.
send_group() {
  wc -c -- "$@" >"$work/sizes" || return
  starts= sizes= bytes=0
  {
    for file; do
      read -r size name || break
      starts="$starts${starts:+,}$((bytes + 1))"
      sizes="$sizes${sizes:+,}$size"
      bytes=$((bytes + size))
    done
  } <"$work/sizes"
  if [ $# -gt 1 ] && [ $bytes -gt 4000000 ]; then
    for file; do
      send_group_of_one "$file"
    done
  else
    send_batch "$@"
  fi
}

send_group_of_one() {
  sizes=$(($(wc -c <"$1")))
  starts=1
  send_batch "$1"
}

send_files() {
  set --
  for file in "$versions"/*.sql; do
    [ -f "$file" ] || continue
    set -- "$@" "$file"
    if [ $# -ge 200 ]; then
      send_group "$@"
      set --
    fi
  done
  [ $# -eq 0 ] || send_group "$@"
}

# Begins a transaction and imports the files in it; the caller ends it. COPY
# rather than one long literal: then a server that logs the statement of an
# error does not log all scripts with it.
sql_load() {
  cat <<'SQL'
BEGIN;
SET LOCAL search_path = pg_catalog;
SQL
  [ "$files" -gt 0 ] || return 0
  cat <<'SQL'
CREATE TEMPORARY TABLE zishu_batch
  (names text NOT NULL, starts integer[] NOT NULL, sizes integer[] NOT NULL, content text NOT NULL)
  ON COMMIT DROP;
COPY pg_temp.zishu_batch FROM STDIN;
SQL
  send_files
  cat <<'SQL'
\.
CREATE TEMPORARY VIEW zishu_batch_bytes AS
  SELECT string_to_array(left(convert_from(decode(names, :'coding'), 'UTF8'), -1), E'\n') AS names,
    starts, sizes, decode(content, :'coding') AS content
  FROM pg_temp.zishu_batch;
SELECT coalesce(sum(cardinality(sizes)), 0) = :files
    AND coalesce(bool_and(cardinality(names) = cardinality(sizes)
      AND octet_length(content) = (SELECT sum(size) FROM unnest(sizes) AS size)), true) AS whole
  FROM pg_temp.zishu_batch_bytes
\gset
\if :whole
\else
\o :state
\qecho changed
\quit
\endif
SQL
  sql_try
  cat <<'SQL'
WITH batch AS MATERIALIZED (SELECT * FROM pg_temp.zishu_batch_bytes),
  file AS (
    SELECT f.name, convert_from(substring(b.content FROM f.start FOR f.size), 'UTF8') AS content
    FROM batch AS b, unnest(b.names, b.starts, b.sizes) AS f (name, start, size)),
  files AS (
    SELECT array_agg(name ORDER BY name COLLATE "C") AS names,
      array_agg(content ORDER BY name COLLATE "C") AS contents
    FROM file)
SELECT concat(i.action, ' ', i.revision)
  FROM files AS f, zishu_import('native', f.names, f.contents) AS i
  WHERE i.action <> 'unchanged';
SQL
  sql_check
  printf '%s\n' 'DROP VIEW pg_temp.zishu_batch_bytes;'
}

# ---- files from the server -----------------------------------------------

# Sets $versions up to be written to, and a directory in it for what is not
# whole yet: a file is complete before it gets its name.
make_staging() {
  mkdir -p -- "$versions" 2>/dev/null && [ -w "$versions" ] && [ -x "$versions" ] ||
    die $status_files 'The versions directory %s cannot be written.' '版本目录 %s 无法写入。' "$versions"
  staging=$versions/.run_migrations.$$
  mkdir -m 700 -- "$staging" && mkdir -- "$staging/lines" "$staging/bytes" ||
    die $status_files 'The versions directory %s cannot be written.' '版本目录 %s 无法写入。' "$versions"
}

# Within a transaction: writes $which (the condition on name and content) into
# the staging directory. A file's name is made harmless: it stays one name in
# that directory. psql ends what it prints with a line end of its own, so a
# text is sent without its last one; the rare text without any ends with a
# zero byte here, which is cut off later.
sql_export() {
  cat <<SQL
DECLARE zishu_file CURSOR FOR
  SELECT CASE WHEN right(content, 1) = E'\\n' THEN left(content, -1) ELSE content END
  FROM zishu_export() WHERE $which ORDER BY name COLLATE "C";
CREATE TEMPORARY VIEW zishu_name AS
  SELECT name AS given, right(content, 1) = E'\\n' AS lines,
    regexp_replace(regexp_replace(name, '[/[:cntrl:]]', '_', 'g'), '^[.]', '_') AS name
  FROM zishu_export() WHERE $which;
SQL
}
