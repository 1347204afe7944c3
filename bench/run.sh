#!/usr/bin/env bash
# Measures zishu_migrate beside its peers, on a throwaway server of its own.
# All arguments go to run.py (--help lists them); README.md says what is
# measured. Prints the tables to standard output and progress to standard
# error.
#
#   BENCH_CACHE=DIR   where dbmate is installed
#   TMPDIR=DIR        where the server's data are: in memory if that is unset
# and the variables of scripts/lib.sh.
set -u

dbmate_version=2.36.0

# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/../scripts/lib.sh"

case " $* " in *' --help '* | *' -h '*)
  exec /usr/bin/python3 "$zm_root/bench/run.py" --help ;;
esac

zm_clean_environment

# Finds dbmate's program in the package of this platform, or leaves
# BENCH_DBMATE empty: then the peer is left out. npm works with the caller's
# own home and settings, so this comes before there is another home.
find_dbmate() {
  local cache=${BENCH_CACHE:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/zishu_migrate-bench}
  local found
  BENCH_DBMATE=
  found=$(dbmate_in "$cache")
  if [ -z "$found" ] && command -v npm >/dev/null; then
    zm_say "Installing dbmate $dbmate_version ..."
    mkdir -p "$cache" &&
      npm install --prefix "$cache" --no-audit --no-fund --no-save \
        "dbmate@$dbmate_version" >/dev/null 2>&1
    found=$(dbmate_in "$cache")
  fi
  BENCH_DBMATE=$found
}

dbmate_in() {
  local program
  for program in "$1"/node_modules/@dbmate/*/bin/dbmate; do
    if [ "$("$program" --version 2>/dev/null)" = "dbmate version $dbmate_version" ]; then
      echo "$program"
      return
    fi
  done
}

find_dbmate
zm_tools build
# Debian's Alembic is a module of Debian's Python, whatever else is in PATH.
command -v /usr/bin/python3 >/dev/null || zm_die "python3 is missing" "apt-get install python3"
# Making a file on a disk costs many times what it costs in memory, and never
# twice the same; it is no concern of any tool here.
if [ -z "${TMPDIR:-}" ] && [ "$(stat -f -c %T /dev/shm 2>/dev/null)" = tmpfs ] &&
  [ "$(df -k --output=avail /dev/shm | tail -n 1)" -gt 6000000 ]; then
  TMPDIR=/dev/shm
fi
zm_make_work
zm_copy "$zm_work/source"
if [ -n "$BENCH_DBMATE" ]; then
  # The ordinary user may not be allowed to look into the caller's home.
  cp "$BENCH_DBMATE" "$zm_work/dbmate" && chmod 755 "$zm_work/dbmate" &&
    export BENCH_DBMATE="$zm_work/dbmate"
fi
zm_say "Building for $("$PG_CONFIG" --version) ..."
if ! zm_build "$zm_work/source" "$zm_work/install" >"$zm_work/build.log" 2>&1; then
  cat "$zm_work/build.log" >&2
  zm_die "the build failed"
fi
zm_find_extension "$zm_work/install" "$zm_work/extension.conf"

cd "$zm_work" || exit 1
zm_as_user env PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 \
  "$zm_work/source/bench/run.py" --bindir "$zm_bindir" \
  --directory "$zm_work" --settings "$zm_work/extension.conf" \
  --dbmate "$BENCH_DBMATE" "$@"
