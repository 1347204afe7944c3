# Sourced by the scripts beside it (bash): tools, a build and a server of
# their own in a temporary directory.
#
# Nothing outside that directory is written, except the packages that a fresh
# machine lacks. The checkout is copied before it is built, so it may belong
# to anyone; the extension is installed below the temporary directory, where
# the throwaway server looks for it; the server listens on a Unix socket there
# and nowhere else. Everything is removed when the script ends or is stopped.
#
#   PG_CONFIG=/path/to/pg_config   build for this server
#   PGVERSION=NN                   build for this major, installed if need be
#   ZM_USER=name                   who runs the server when root calls
#   ZM_KEEP=1                      leave the temporary directory behind

zm_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
zm_work=
zm_oldest=15
zm_newest=19
zm_aptconf=

zm_say() { printf '%s\n' "$*" >&2; }
zm_die() {
  printf '%s: %s\n' "$(basename "$0")" "$1" >&2
  shift
  [ $# -eq 0 ] || printf '  %s\n' "$@" >&2
  exit 1
}

# The caller's own settings must not lead us to the caller's own server.
zm_clean_environment() {
  local name
  for name in PGHOST PGHOSTADDR PGPORT PGUSER PGPASSWORD PGPASSFILE \
    PGDATABASE PGSERVICE PGSERVICEFILE PGOPTIONS PGSSLMODE PGDATA \
    PGCLIENTENCODING PGAPPNAME PGTZ PGDATESTYLE PGREQUIRESSL PGCHANNELBINDING \
    PGTARGETSESSIONATTRS PSQLRC PSQL_PAGER PAGER PG_COLOR DATABASE_URL \
    ZISHU_VERSIONS_DIR ZISHU_MODEL_DIR MAKEFLAGS MAKELEVEL MFLAGS; do
    unset "$name"
  done
  export LC_ALL=C.UTF-8 PSQL_PAGER=cat
  unset LANGUAGE
  umask 022
}

# ---- who we are ----------------------------------------------------------

# PostgreSQL refuses to run as root. "nobody" rather than "postgres", which
# may own the data of a real server on this machine.
zm_pick_user() {
  if [ "$(id -u)" -ne 0 ]; then
    ZM_USER=$(id -un)
    return
  fi
  if [ -z "${ZM_USER:-}" ]; then
    if getent passwd nobody >/dev/null; then ZM_USER=nobody; else ZM_USER=postgres; fi
  fi
  getent passwd "$ZM_USER" >/dev/null || zm_die "there is no account \"$ZM_USER\" to run a server"
  [ "$(id -u "$ZM_USER")" -ne 0 ] || zm_die "a server cannot run as root; set ZM_USER to another account"
}

zm_as_user() {
  if [ "$(id -u)" -eq 0 ]; then
    runuser -u "$ZM_USER" -- "$@"
  else
    "$@"
  fi
}

# ---- tools ---------------------------------------------------------------

# Is this pg_config's server complete: the server, and what builds against it?
zm_usable() {
  local bindir pgxs
  [ -x "$1" ] || return 1
  bindir=$("$1" --bindir 2>/dev/null) && [ -x "$bindir/postgres" ] &&
    [ -x "$bindir/initdb" ] || return 1
  pgxs=$("$1" --pgxs 2>/dev/null) && [ -f "$pgxs" ]
}

zm_supported() {
  case $1 in '' | *[!0-9]*) return 1 ;; esac
  [ "$1" -ge "$zm_oldest" ] && [ "$1" -le "$zm_newest" ]
}

# Sets PG_CONFIG to a usable one, or leaves it empty and sets zm_major to the
# major that should be installed.
zm_pick_server() {
  local major candidate
  zm_major=
  if [ -n "${PG_CONFIG:-}" ]; then
    candidate=$(command -v "$PG_CONFIG") || zm_die "no such program: PG_CONFIG=$PG_CONFIG"
    zm_usable "$candidate" ||
      zm_die "PG_CONFIG=$PG_CONFIG: server programs or development files are missing"
    PG_CONFIG=$(realpath -s "$candidate")
    return
  fi
  if [ -n "${PGVERSION:-}" ]; then
    zm_supported "$PGVERSION" || zm_die "PGVERSION must be $zm_oldest to $zm_newest"
    if zm_usable "/usr/lib/postgresql/$PGVERSION/bin/pg_config"; then
      PG_CONFIG=/usr/lib/postgresql/$PGVERSION/bin/pg_config
    else
      zm_major=$PGVERSION
    fi
    return
  fi
  for ((major = zm_newest; major >= zm_oldest; major--)); do
    if zm_usable "/usr/lib/postgresql/$major/bin/pg_config"; then
      PG_CONFIG=/usr/lib/postgresql/$major/bin/pg_config
      return
    fi
  done
  if candidate=$(command -v pg_config) && zm_usable "$candidate"; then
    major=$("$candidate" --version | sed 's/^PostgreSQL \([0-9]*\).*/\1/')
    if zm_supported "$major"; then
      PG_CONFIG=$candidate
      return
    fi
  fi
  # A server that only lacks its development files comes first.
  for ((major = zm_newest; major >= zm_oldest; major--)); do
    if [ -x "/usr/lib/postgresql/$major/bin/postgres" ]; then
      zm_major=$major
      return
    fi
  done
}

# Names the packages that are not there, one a line. "$1" is "build" for what
# a build and a server need, "test" for what the test suites need besides.
zm_missing() {
  command -v make >/dev/null || echo make
  command -v gcc >/dev/null || echo gcc
  [ -e /usr/include/stdio.h ] || echo libc6-dev
  if [ "$1" = test ]; then
    command -v prove >/dev/null || echo perl
    perl -MIPC::Run -e 1 2>/dev/null || echo libipc-run-perl
    command -v nm >/dev/null || echo binutils
    command -v dot >/dev/null || echo graphviz
    command -v clang-format >/dev/null || echo clang-format
    command -v diff >/dev/null || echo diffutils
    # Tests beside other tools need them, and do without one that is missing.
    if command -v apt-get >/dev/null; then
      /usr/bin/python3 -c 'import alembic' 2>/dev/null || echo alembic
      /usr/bin/python3 -c 'import psycopg2' 2>/dev/null || echo python3-psycopg2
      command -v sqitch >/dev/null || echo sqitch
      /usr/bin/perl -MDBD::Pg -e 1 2>/dev/null || echo libdbd-pg-perl
      command -v sql-migrate >/dev/null || echo sql-migrate
    fi
  fi
}

zm_apt() {
  # No service is started on the side, and nobody is asked anything.
  $zm_sudo env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 NEEDRESTART_SUSPEND=1 \
    apt-get -y -q -o DPkg::Lock::Timeout=300 "$@" </dev/null >>"$zm_log" 2>&1
}

# Debian's server package creates and starts a cluster when it is installed.
# We only want the programs, so it is told not to, for as long as that takes.
zm_no_cluster() {
  local conf=/etc/postgresql-common/createcluster.conf
  [ -e "$conf" ] || return 0
  zm_aptconf=$(mktemp)
  cat "$conf" >"$zm_aptconf"
  printf '%s\n' 'create_main_cluster = false' | $zm_sudo tee -a "$conf" >/dev/null
}

zm_cluster_again() {
  [ -n "$zm_aptconf" ] || return 0
  $zm_sudo tee /etc/postgresql-common/createcluster.conf <"$zm_aptconf" >/dev/null
  rm -f "$zm_aptconf"
  zm_aptconf=
}

# zm_tools build|test: finds everything, installs what is missing.
zm_tools() {
  local packages=() server=() wanted
  zm_pick_server
  mapfile -t packages < <(zm_missing "$1")
  if [ ${#packages[@]} -gt 0 ] || [ -z "${PG_CONFIG:-}" ]; then
    wanted=${zm_major:-NN}
    [ -n "${PG_CONFIG:-}" ] || server=("postgresql-$wanted" "postgresql-server-dev-$wanted")
    if ! command -v apt-get >/dev/null; then
      zm_die "missing: ${packages[*]} ${server[*]} (names of Debian packages; NN is the major version)" \
        "install what provides them on this system, or set PG_CONFIG"
    fi
    zm_sudo=
    if [ "$(id -u)" -ne 0 ]; then
      if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        zm_sudo='sudo -n'
      else
        zm_die "missing packages, and no right to install them; as root:" \
          "apt-get install ${packages[*]} ${server[*]}"
      fi
    fi
    zm_log=$(mktemp)
    zm_say "Installing ${packages[*]} ${server[*]} ..."
    zm_apt update || zm_say "The package lists could not be renewed; going on with the old ones."
    if [ ${#server[@]} -gt 0 ] && [ -z "$zm_major" ]; then
      # The release's own default.
      zm_major=$(apt-cache depends postgresql 2>/dev/null |
        sed -n 's/.*Depends: postgresql-\([0-9][0-9]*\)$/\1/p' | head -n 1)
      zm_supported "$zm_major" ||
        zm_die "this system offers no PostgreSQL $zm_oldest to $zm_newest" \
          "add a source of packages that does, or set PG_CONFIG"
      server=("postgresql-$zm_major" "postgresql-server-dev-$zm_major")
    fi
    if [ ${#server[@]} -gt 0 ]; then
      zm_apt install --no-install-recommends postgresql-common && zm_no_cluster
    fi
    if ! zm_apt install --no-install-recommends "${packages[@]}" "${server[@]}"; then
      zm_cluster_again
      tail -n 30 "$zm_log" >&2
      rm -f "$zm_log"
      zm_die "apt-get install failed"
    fi
    zm_cluster_again
    rm -f "$zm_log"
    if [ -z "${PG_CONFIG:-}" ]; then
      PG_CONFIG=/usr/lib/postgresql/$zm_major/bin/pg_config
      zm_usable "$PG_CONFIG" || zm_die "the server programs are still missing: $PG_CONFIG"
    fi
    packages=()
    mapfile -t packages < <(zm_missing "$1")
    [ ${#packages[@]} -eq 0 ] || zm_die "still missing: ${packages[*]}"
  fi
  zm_bindir=$("$PG_CONFIG" --bindir)
  zm_major=$("$PG_CONFIG" --version | sed 's/^PostgreSQL \([0-9]*\).*/\1/')
  zm_supported "$zm_major" || zm_die "PostgreSQL $zm_oldest to $zm_newest is needed, $PG_CONFIG is of $zm_major"
  export PATH="$zm_bindir:$PATH" PG_CONFIG
}

# ---- the temporary directory ---------------------------------------------

# A short path: a socket's may have 107 bytes.
zm_make_work() {
  local base=${TMPDIR:-/tmp}
  zm_pick_user
  if [ ${#base} -gt 60 ] || ! zm_as_user test -w "$base" -a -x "$base"; then base=/tmp; fi
  zm_work=$(zm_as_user mktemp -d "$base/zishu.XXXXXX") || zm_die "no temporary directory in $base"
  trap zm_cleanup EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  zm_as_user mkdir "$zm_work/home" "$zm_work/socket" "$zm_work/tmp"
  export HOME="$zm_work/home" TMPDIR="$zm_work/tmp"
  # Whoever runs the server may not be let into the directory we came from,
  # as into root's home; each of its programs would complain.
  cd "$zm_work" || exit 1
}

zm_cleanup() {
  local status=$? pidfile
  trap - EXIT
  trap '' HUP INT TERM
  cd /
  zm_cluster_again
  if [ -n "$zm_work" ] && [ -d "$zm_work" ]; then
    # Ours, and any that an interrupted test has left.
    while IFS= read -r pidfile; do
      zm_as_user "$zm_bindir/pg_ctl" -D "$(dirname "$pidfile")" -m immediate -w stop >/dev/null 2>&1
    done < <(find "$zm_work" -name postmaster.pid 2>/dev/null)
    if [ -n "${ZM_KEEP:-}" ]; then
      zm_say "Left behind: $zm_work"
    else
      rm -rf "$zm_work"
    fi
  fi
  exit "$status"
}

# zm_copy DIR: the checkout as it is now, without what builds and tests leave.
zm_copy() {
  zm_as_user mkdir "$1"
  tar -C "$zm_root" -cf - --exclude=./.git --exclude='*.o' --exclude='*.bc' \
    --exclude='*.so' --exclude=./results --exclude=./output_iso \
    --exclude=./tmp_check --exclude=./tmp_check_iso --exclude=./log \
    --exclude=./regression.diffs --exclude=./regression.out . |
    zm_as_user tar -C "$1" --no-same-owner -xf -
  [ -f "$1/Makefile" ] || zm_die "the checkout could not be copied to $1"
}

zm_make() {
  local dir=$1
  shift
  zm_as_user make -s -C "$dir" PG_CONFIG="$PG_CONFIG" with_llvm=no "$@"
}

# zm_build SOURCE DEST [make variables]: build, and install below DEST.
zm_build() {
  local source=$1 dest=$2
  shift 2
  zm_make "$source" -j "$(nproc 2>/dev/null || echo 1)" all "$@" &&
    zm_make "$source" install DESTDIR="$dest" "$@" >/dev/null
}

# Sets ZISHU_DBMATE for the test that runs dbmate: as it is set, in the path, or
# out of npm's package of the program. Without it that test does without.
zm_find_dbmate() {
  local machine
  [ -z "${ZISHU_DBMATE+set}" ] || return 0
  ! command -v dbmate >/dev/null || return 0
  case $(uname -sm) in
    'Linux x86_64') machine=linux-x64 ;;
    'Linux aarch64') machine=linux-arm64 ;;
    *) return 0 ;;
  esac
  command -v npm >/dev/null || return 0
  if zm_as_user timeout 120 npm pack --silent --cache "$zm_work/tmp/npm" \
    --pack-destination "$zm_work/tmp" "@dbmate/$machine@2" &&
    zm_as_user tar -C "$zm_work/tmp" -xzf "$zm_work/tmp/dbmate-$machine"-*.tgz package/bin/dbmate; then
    export ZISHU_DBMATE="$zm_work/tmp/package/bin/dbmate"
  fi >/dev/null 2>&1 </dev/null
}

# Sets ZISHU_NODE_MODULES for the test that runs tools of npm's: where they are,
# as it is set, or where they are installed to here. Without it that test does
# without them.
zm_find_node_modules() {
  [ -z "${ZISHU_NODE_MODULES+set}" ] || return 0
  command -v node >/dev/null && command -v npm >/dev/null || return 0
  zm_as_user mkdir -p "$zm_work/tmp/tools"
  if zm_as_user timeout 120 npm install --silent --no-audit --no-fund --ignore-scripts \
    --cache "$zm_work/tmp/npm" --prefix "$zm_work/tmp/tools" \
    node-pg-migrate@7 graphile-migrate@1 drizzle-orm@0.45 pg@8; then
    export ZISHU_NODE_MODULES="$zm_work/tmp/tools/node_modules"
  fi >/dev/null 2>&1 </dev/null
}

# ---- the server ----------------------------------------------------------

# zm_find_extension DEST FILE: the settings that let a server find what was
# installed below DEST.
zm_find_extension() {
  local dest=$1 file=$2 sharedir pkglibdir
  if zm_as_user "$zm_bindir/postgres" --describe-config |
    grep '^extension_destdir' >/dev/null; then
    echo "extension_destdir = '$dest'" | zm_as_user tee "$file" >/dev/null
  elif [ "$zm_major" -ge 18 ]; then
    sharedir=$("$PG_CONFIG" --sharedir)
    pkglibdir=$("$PG_CONFIG" --pkglibdir)
    zm_as_user tee "$file" >/dev/null <<END
extension_control_path = '$dest$sharedir:\$system'
dynamic_library_path = '$dest$pkglibdir:\$libdir'
END
  else
    # Such a server looks in its own directories only; good enough for one
    # that was built to be tested with.
    cp -R "$dest"/. / 2>/dev/null ||
      zm_die "this server finds extensions in its own directories only, and they may not be written" \
        "run as their owner, or set PG_CONFIG to another server"
    zm_as_user tee "$file" </dev/null >/dev/null
  fi
}

# zm_start DEST: a new cluster, or the same one again with another build.
zm_start() {
  zm_find_extension "$1" "$zm_work/extension.conf"
  if [ ! -d "$zm_work/data" ]; then
    zm_as_user "$zm_bindir/initdb" -D "$zm_work/data" -U postgres -A trust -N \
      --encoding=UTF8 --no-locale >"$zm_work/initdb.log" 2>&1 || {
      cat "$zm_work/initdb.log" >&2
      zm_die "initdb failed"
    }
    zm_as_user tee -a "$zm_work/data/postgresql.conf" >/dev/null <<END
listen_addresses = ''
unix_socket_directories = '$zm_work/socket'
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 100
log_line_prefix = '%m [%p] %q%a '
include '$zm_work/extension.conf'
END
  fi
  zm_as_user "$zm_bindir/pg_ctl" -D "$zm_work/data" -l "$zm_work/server.log" -w start >/dev/null || {
    tail -n 20 "$zm_work/server.log" >&2
    zm_die "the server did not start"
  }
  export PGHOST="$zm_work/socket" PGPORT=5432 PGUSER=postgres PGDATABASE=postgres
}

zm_stop() {
  zm_as_user "$zm_bindir/pg_ctl" -D "$zm_work/data" -m fast -w stop >/dev/null
}
