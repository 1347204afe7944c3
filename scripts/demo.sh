#!/usr/bin/env bash
# A first look: builds the extension, starts a throwaway server, and migrates
# an empty database to the Zishu project's schema. Leaves nothing behind.
# See lib.sh for what may be set.
set -u

# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

zm_clean_environment
zm_tools build
zm_make_work

# test.sh has a build already when it runs this.
if [ -n "${ZM_PREBUILT:-}" ]; then
  build=$ZM_PREBUILT
  zm_copy "$zm_work/source"
else
  build=$zm_work/install
  zm_copy "$zm_work/source"
  zm_say "Building for $("$PG_CONFIG" --version) ..."
  if ! zm_build "$zm_work/source" "$build" >"$zm_work/build.log" 2>&1; then
    cat "$zm_work/build.log" >&2
    zm_die "the build failed"
  fi
fi
zm_start "$build"

failed=0

# What a user would type, then what psql answers.
sql() {
  printf '\n%s=# %s\n' "$PGDATABASE" "$1"
  printf '%s\n' "$1" |
    psql -X -q -v ON_ERROR_STOP=1 -v "versions=$versions" -v "model=$model" 2>&1 ||
    failed=1
}

say() {
  printf '\n-- %s\n' "$1"
}

versions=$zm_work/source/examples/zishu/versions
model=$zm_work/source/examples/zishu/model
psql -X -q -c 'CREATE DATABASE zishu' || zm_die "the database could not be created"
PGDATABASE=zishu

printf '\n$ createdb zishu\n$ psql zishu\n'
sql 'CREATE EXTENSION zishu_migrate;'
printf "\nzishu=# \\\\set versions %s\n" "$versions"
sql "SELECT * FROM zishu_load(:'versions');"
sql "SELECT * FROM zishu_upgrade('head');"
sql 'SELECT * FROM zishu_current();'
sql 'SELECT revision, down_revisions, message, is_head, is_current FROM zishu_history();'
sql 'SELECT * FROM zishu_graph();'
sql "SELECT count(*) AS tables FROM pg_tables WHERE schemaname = 'public';"

say 'The model is the schema as it should be; what is missing becomes a revision.'
printf "\nzishu=# \\\\set model %s\n" "$model"
sql "SELECT * FROM zishu_load_model(:'model');"
sql 'SELECT zishu_check();'
sql "SELECT zishu_model('95_avatars',
  'ALTER TABLE users ADD avatar text; CREATE INDEX users_avatar ON users (avatar)');"
sql "SET zishu_migrate.diff_online = on;
SELECT zishu_revision('add avatars', rev_id => 'avatars', autogenerate => true);"
sql "SELECT upgrade_script FROM zishu_show('avatars');"

say 'It runs online: in a worker, a transaction at a time, giving way to others.'
sql 'CALL zishu_upgrade_online();'
sql 'SELECT zishu_check();'
sql "SELECT current, pending, last_revision, last_outcome FROM zishu_status();"

zm_stop
[ $failed -eq 0 ] || zm_die "the demonstration did not run as it should"
cat <<END

The throwaway server is stopped. To go on with a server of yours:
  1. as its administrator: make install PG_CONFIG=$PG_CONFIG
  2. in your database:     CREATE EXTENSION zishu_migrate;
  3. in your project:      DATABASE_URL=... scripts/run_migrations.sh help
END
