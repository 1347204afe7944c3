#!/usr/bin/env bash
# The importers under libFuzzer and the address sanitizer.
#
#   scripts/fuzz.sh [SECONDS] [MORE OF LIBFUZZER'S OPTIONS]
#
# Exits with 77 where clang has no fuzzer. CLANG and PG_CONFIG name others than
# those of the path; what broke an importer is left in the current directory.
set -u
root=$(cd "$(dirname "$0")/.." && pwd)
clang=${CLANG:-clang}
pg_config=${PG_CONFIG:-pg_config}
seconds=${1:-20}
[ $# -eq 0 ] || shift
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

echo 'int LLVMFuzzerTestOneInput(const char *d, unsigned long n) { return 0; }' >"$work/probe.c"
if ! "$clang" -fsanitize=fuzzer,address -o "$work/probe" "$work/probe.c" >/dev/null 2>&1; then
  echo "$clang cannot build with -fsanitize=fuzzer,address"
  exit 77
fi

sources=()
for file in "$root"/src/import/*.c; do
  # It is all about the server's scanner, which there is no library of.
  [ "$(basename "$file")" = clean.c ] || sources+=("$file")
done
libraries=$("$pg_config" --pkglibdir)
[ -f "$libraries/libpgcommon.a" ] || libraries=$("$pg_config" --libdir)

"$clang" -g -O1 -fno-strict-aliasing -fwrapv -w -fsanitize=fuzzer,address \
  -DUSE_ASSERT_CHECKING -I"$root/src" -I"$root/test/fuzz" \
  -I"$("$pg_config" --includedir-server)" \
  -o "$work/fuzz" "$root"/test/fuzz/*.c "${sources[@]}" \
  "$libraries/libpgcommon.a" "$libraries/libpgport.a" -lm || exit 1

mkdir "$work/new"
"$work/fuzz" -max_total_time="$seconds" -max_len=4096 -timeout=10 -seed=1 \
  -print_final_stats=1 "$@" "$work/new" "$root/test/fuzz/corpus"
