#!/usr/bin/env bash
# Every test there is, on a server of its own; the last line counts them.
#
#   scripts/test.sh              all
#   scripts/test.sh NAME...      only these: a suite (checks, regress, assert,
#                                isolation, tap) or a test (graph,
#                                isolation/upgrade, t/010_run_migrations.pl)
#   scripts/test.sh --list       their names
#
# A suite that fails does not keep the next from running. See lib.sh for what
# may be set; ZM_KEEP=1 leaves results/ and the server's log to be looked at.
set -u

# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

passed=0
failed=0
failures=()
differences=()

# ---- what there is -------------------------------------------------------

checks=(build-werror build-assert format layering symbols versions shell fuzz readme demo)
mapfile -t regress < <(cd "$zm_root/sql" 2>/dev/null && ls -- *.sql 2>/dev/null | sed 's/\.sql$//')
mapfile -t isolation < <(cd "$zm_root/specs" 2>/dev/null && ls -- *.spec 2>/dev/null | sed 's/\.spec$//')
mapfile -t tap < <(cd "$zm_root/t" 2>/dev/null && ls -- *.pl 2>/dev/null | sed 's/\.pl$//')

names() {
  local name
  for name in "${checks[@]}"; do echo "checks/$name"; done
  for name in "${regress[@]}"; do echo "regress/$name"; done
  for name in "${regress[@]}"; do echo "assert/$name"; done
  for name in "${isolation[@]}"; do echo "isolation/$name"; done
  for name in "${tap[@]}"; do echo "tap/$name"; done
}

case ${1:-} in
  --list) names; exit 0 ;;
  -h | --help) sed -n '2,/^set /s/^# \{0,1\}//p' "$0" | sed '$d'; exit 0 ;;
esac

# chosen SUITE NAME: was it asked for?
asked=("$@")
chosen() {
  local want
  [ ${#asked[@]} -gt 0 ] || return 0
  for want in "${asked[@]}"; do
    want=${want#./}
    want=${want%.sql} want=${want%.spec} want=${want%.pl}
    case $want in t/*) want=tap/${want#t/} ;; specs/*) want=isolation/${want#specs/} ;;
      sql/*) want=regress/${want#sql/} ;; esac
    case $want in "$1" | "$2" | "$1/$2") return 0 ;; esac
  done
  return 1
}

# pick SUITE NAME...: the ones asked for, a line each.
pick() {
  local suite=$1 name
  shift
  for name in "$@"; do
    if chosen "$suite" "$name"; then echo "$name"; fi
  done
}

for want in "${asked[@]}"; do
  asked_all=("${asked[@]}")
  asked=("$want")
  found=
  for name in $(names); do
    if chosen "${name%%/*}" "${name#*/}"; then found=1; break; fi
  done
  asked=("${asked_all[@]}")
  [ -n "$found" ] || zm_die "no such suite or test: $want" "scripts/test.sh --list names them"
done

# ---- telling -------------------------------------------------------------

pass() {
  passed=$((passed + 1))
  printf 'ok      %s\n' "$1"
}

fail() {
  failed=$((failed + 1))
  failures+=("$1")
  printf 'FAILED  %s\n' "$1"
}

skip() { printf 'skipped %s: %s\n' "$1" "$2"; }

heading() { printf '\n== %s\n' "$1"; }

# check NAME COMMAND...: one that passes when the command succeeds; what it
# prints is shown when it does not.
check() {
  local name=checks/$1 status
  shift
  "$@" >"$zm_work/check.out" 2>&1 </dev/null
  status=$?
  if [ $status -eq 0 ]; then
    pass "$name"
  else
    tail -n 200 "$zm_work/check.out" | sed 's/^/  | /'
    fail "$name"
  fi
  return $status
}

server_log() {
  [ -s "$zm_work/server.log" ] || return 0
  echo "-- from the server's log"
  {
    grep -E 'TRAP:|PANIC:|FATAL:|terminated by signal|crash of another' "$zm_work/server.log" | head -n 20
    tail -n 15 "$zm_work/server.log"
  } | cut -c 1-300 | sed 's/^/  | /'
}

# ---- builds --------------------------------------------------------------

# Two builds, as they are shipped and with assertions; each a check, and each
# tried again without -Werror if it fails, so that the tests run all the same.
built_release=
built_assert=

build() {
  local kind=$1 check=$2 options=$3 result=1
  zm_copy "$zm_work/$kind"
  if zm_build "$zm_work/$kind" "$zm_work/$kind.install" COPT="-Werror $options" \
    >"$zm_work/check.out" 2>&1 </dev/null; then
    result=0
  else
    sed 's/^/  | /' "$zm_work/check.out" | tail -n 100
  fi
  if chosen checks "$check"; then
    if [ $result -eq 0 ]; then pass "checks/$check"; else fail "checks/$check"; fi
  fi
  if [ $result -ne 0 ]; then
    zm_build "$zm_work/$kind" "$zm_work/$kind.install" COPT="$options" \
      >"$zm_work/check.out" 2>&1 </dev/null || return 1
  fi
}

need_release() {
  if [ -z "$built_release" ]; then
    built_release=no
    build release build-werror '' && built_release=yes
  fi
  [ $built_release = yes ]
}

need_assert() {
  if [ -z "$built_assert" ]; then
    built_assert=no
    build assert build-assert -DUSE_ASSERT_CHECKING && built_assert=yes
  fi
  [ $built_assert = yes ]
}

# on BUILD: a running server that has it.
running=
on() {
  [ "$running" != "$1" ] || return 0
  off
  zm_start "$zm_work/$1.install"
  running=$1
}

off() {
  [ -n "$running" ] || return 0
  zm_stop
  running=
}

# ---- suites --------------------------------------------------------------

# count SUITE NAME...: reads what pg_regress or pg_isolation_regress printed
# ("test x ... ok" to version 15, "ok 1 - x" from 16 on). A test that is not
# told to be good is bad, also when it was never reached.
count() {
  local suite=$1 name bad=0
  shift
  for name in "$@"; do
    if grep -Eq "^(test | +)$name +\.\.\. ok( |\$)|^ok +[0-9]+ +[-+] +$name( |\$)" "$zm_work/suite.out"; then
      pass "$suite/$name"
    else
      fail "$suite/$name"
      bad=1
    fi
  done
  return $bad
}

# regress_suite SUITE BUILD VARIABLE DIFFS NAME...: through "make installcheck"
# with the other suites emptied, since that stops at the first that fails.
regress_suite() {
  local suite=$1 build=$2 variable=$3 diffs=$4 name others
  shift 4
  [ $# -gt 0 ] || return 0
  heading "$suite"
  if ! "need_$build"; then
    for name in "$@"; do fail "$suite/$name"; done
    return
  fi
  on "$build"
  # Without its expected output a test would end the run, not just fail.
  for name in "$@"; do
    [ -e "$zm_work/$build/expected/$name.out" ] || zm_as_user touch "$zm_work/$build/expected/$name.out"
  done
  case $variable in
    REGRESS) others=ISOLATION= ;;
    *) others=REGRESS= ;;
  esac
  zm_make "$zm_work/$build" installcheck TAP_TESTS= "$others" "$variable=$*" \
    >"$zm_work/suite.out" 2>&1 </dev/null
  if ! count "$suite" "$@"; then
    # What went wrong before the first test, if that is where it did.
    grep -Ev '\.\.\. ok( |$)|^ok ' "$zm_work/suite.out" | tail -n 40 | sed 's/^/  | /'
    server_log
    if [ -s "$zm_work/$build/$diffs" ]; then
      head -n 1000 "$zm_work/$build/$diffs"
      differences+=("$suite: $(grep -v '^diff ' "$zm_work/$build/$diffs" | head -n 30)")
    fi
  fi
}

# One file at a time: what a file does to its servers is then its own, and its
# exit status says all.
tap_suite() {
  local name log
  [ $# -gt 0 ] || return 0
  heading tap
  if ! need_assert; then
    for name in "$@"; do fail "tap/$name"; done
    return
  fi
  zm_find_extension "$zm_work/assert.install" "$zm_work/extension.conf"
  case " $* " in *_export_history" "* | *_tools" "*) zm_find_dbmate ;; esac
  case " $* " in *_tools" "*) zm_find_node_modules ;; esac
  for name in "$@"; do
    if (
      unset PGHOST PGPORT PGUSER PGDATABASE
      export TEMP_CONFIG="$zm_work/extension.conf"
      zm_make "$zm_work/assert" installcheck REGRESS= ISOLATION= PROVE_TESTS="t/$name.pl"
    ) >"$zm_work/suite.out" 2>&1 </dev/null; then
      if grep -q '\.\. skipped' "$zm_work/suite.out"; then
        skip "tap/$name" "$(sed -n 's/.*\.\. skipped:* *//p' "$zm_work/suite.out" | head -n 1)"
      else
        pass "tap/$name"
      fi
    else
      tail -n 100 "$zm_work/suite.out" | sed 's/^/  | /'
      differences+=("tap/$name: $(grep -h -A 8 '^\[[^]]*\]([^)]*) not ok' "$zm_work"/assert/tmp_check/log/regress_log_* | head -n 40)")
      for log in "$zm_work"/assert/tmp_check/log/*; do
        [ -s "$log" ] || continue
        echo "-- the end of $(basename "$log")"
        tail -n 40 "$log" | sed 's/^/  | /'
      done
      fail "tap/$name"
    fi
  done
}

# ---- checks --------------------------------------------------------------

# Another version of clang-format lays out otherwise.
format_version=14

format() {
  local tool
  for tool in "clang-format-$format_version" clang-format; do
    if command -v "$tool" >/dev/null &&
      "$tool" --version | grep -q "version $format_version\."; then
      check format zm_make "$zm_work/source" check-format CLANG_FORMAT="$tool"
      return
    fi
  done
  skip checks/format "clang-format $format_version is wanted"
}

# Importers by libFuzzer, for some seconds; other versions of clang do, too.
fuzz() {
  local status clang
  for clang in clang clang-14 clang-16 clang-19; do
    if command -v "$clang" >/dev/null; then break; fi
  done
  (cd "$zm_work" && CLANG=$clang bash "$zm_work/source/scripts/fuzz.sh" 20) \
    >"$zm_work/check.out" 2>&1 </dev/null
  status=$?
  case $status in
    0) pass checks/fuzz ;;
    77) skip checks/fuzz "clang with -fsanitize=fuzzer is wanted" ;;
    *)
      tail -n 100 "$zm_work/check.out" | cut -c 1-300 | sed 's/^/  | /'
      fail checks/fuzz
      ;;
  esac
}

# One version, wherever it is written.
versions() {
  local control
  control=$(sed -n "s/^default_version *= *'\(.*\)'.*/\1/p" "$zm_root/zishu_migrate.control")
  [ -n "$control" ] || { echo "no default_version in the control file"; return 1; }
  perl -MJSON::PP -e '
    my ($file, $control) = @ARGV;
    open(my $in, "<", $file) or die "$file: $!\n";
    my $meta = JSON::PP->new->utf8->decode(do { local $/; <$in> });
    for ($meta->{version}, map { $_->{version} } values %{ $meta->{provides} }) {
      die "META.json says $_, the control file $control\n"
        unless $_ eq $control || $_ eq "$control.0";
    }
    for (map { $_->{file} } values %{ $meta->{provides} }) {
      die "META.json names $_, which is not there\n" unless -f "$ARGV[2]/$_";
    }' "$zm_root/META.json" "$control" "$zm_root" || return 1
  grep -Eq "^## $control(\.0)?( |\$)" "$zm_root/CHANGELOG.md" ||
    { echo "CHANGELOG.md has no section for $control"; return 1; }
}

shell() {
  local file bad=0
  for file in "$zm_root"/scripts/*.sh "$zm_root"/bench/*.sh "$zm_root"/.ci/run; do
    [ -f "$file" ] || continue
    if head -n 1 "$file" | grep -q '/sh$'; then
      if command -v dash >/dev/null; then dash -n "$file"; else sh -n "$file"; fi || bad=1
    else
      bash -n "$file" || bad=1
    fi
  done
  return $bad
}

# ---- all of it -----------------------------------------------------------

zm_clean_environment
zm_tools test
zm_make_work
zm_copy "$zm_work/source"
cd "$zm_work/source" || exit 1

heading "checks, with $("$PG_CONFIG" --version)"
if chosen checks build-werror; then need_release; fi
if chosen checks build-assert; then need_assert; fi
if chosen checks format; then format; fi
if chosen checks layering; then check layering bash "$zm_work/source/scripts/check_layering.sh"; fi
if chosen checks symbols; then
  if need_release; then
    check symbols bash "$zm_work/source/scripts/check_symbols.sh" "$zm_work/release/zishu_migrate.so"
  else
    fail checks/symbols
  fi
fi
if chosen checks versions; then check versions versions; fi
if chosen checks shell; then check shell shell; fi
if chosen checks fuzz; then fuzz; fi
if chosen checks readme; then
  if need_release; then
    on release
    check readme zm_as_user perl scripts/check_readme.pl README.md README.zh-CN.md || server_log
  else
    fail checks/readme
  fi
fi
if chosen checks demo; then
  if need_release; then
    off
    check demo env -u PGHOST -u PGPORT -u PGUSER -u PGDATABASE \
      ZM_PREBUILT="$zm_work/release.install" bash "$zm_root/scripts/demo.sh"
  else
    fail checks/demo
  fi
fi

mapfile -t picked < <(pick regress "${regress[@]}")
regress_suite regress release REGRESS regression.diffs "${picked[@]}"
mapfile -t picked < <(pick assert "${regress[@]}")
regress_suite assert assert REGRESS regression.diffs "${picked[@]}"
mapfile -t picked < <(pick isolation "${isolation[@]}")
regress_suite isolation assert ISOLATION output_iso/regression.diffs "${picked[@]}"
off
mapfile -t picked < <(pick tap "${tap[@]}")
tap_suite "${picked[@]}"

if [ $failed -gt 0 ]; then
  heading "failed"
  # Once more what differs: of a long log, often only its end is looked at.
  [ ${#differences[@]} -eq 0 ] || printf '%s\n' "${differences[@]}"
  printf '%s\n' "${failures[@]}"
fi
printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
