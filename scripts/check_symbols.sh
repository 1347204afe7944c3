#!/usr/bin/env bash
# check_symbols.sh LIBRARY: every symbol that the library exports carries the
# project's prefix. Before PostgreSQL 16 a library exports all it does not
# hide, and two extensions with one name for two things would meet.
set -u
library=${1:?usage: check_symbols.sh LIBRARY}

stray=$(nm -D --defined-only "$library" | awk '{ print $3 }' |
  grep -Ev '^(zm_|zishu_|pg_finfo_zishu_|Pg_magic_func$|_PG_init$|_init$|_fini$)')
if [ -n "$stray" ]; then
  printf 'not prefixed: %s\n' $stray
  exit 1
fi
