#!/usr/bin/env bash
# The four rules of the source tree:
#
#   1. Dependencies run one way: a directory of src/ includes its own headers
#      and those of the directories below it.
#   2. Only src/store names the extension's own tables.
#   3. Only src/compat.h names server versions.
#   4. Only src/api declares functions callable from SQL; and the pure
#      directories include nothing of the catalogs or the executor.
#
# Prints what breaks them and fails.
set -u
cd "$(dirname "$0")/.." || exit 1
bad=0

complain() {
  printf '%s\n' "$1"
  bad=1
}

# What each directory may include, from the top down.
declare -A below=(
  [api]="engine report import export store worker scratch schema script graph diff emit object util"
  [engine]="import export store worker scratch schema script graph diff emit object util"
  [report]="store worker scratch schema script graph diff emit object util"
  [import]="script graph util"
  [export]="script graph util"
  [store]="script graph diff emit object util"
  [worker]="script util"
  [scratch]="worker schema script graph diff emit object util"
  [schema]="script graph diff emit object util"
  [script]="util"
  [graph]="util"
  [diff]="object util"
  [emit]="diff object util"
  [object]="util"
  [util]=""
)

for dir in src/*/; do
  name=$(basename "$dir")
  if [ -z "${below[$name]+known}" ]; then
    complain "$dir: what it may include is not told in $0"
    continue
  fi
  while IFS=: read -r file line include; do
    target=${include#*\"}
    target=${target%%\"*}
    case $target in
      */*) target=${target%%/*} ;;
      *) continue ;; # a header at the top of src/ belongs to all
    esac
    [ -d "src/$target" ] || continue # the server's
    case " $name ${below[$name]} " in
      *" $target "*) ;;
      *) complain "$file:$line: $name must not include of $target" ;;
    esac
  done < <(grep -rn '^#include "' --include='*.c' --include='*.h' "$dir")
done

while IFS= read -r hit; do
  complain "$hit: names a table outside of src/store"
done < <(grep -rnE '"[^"]*zishu_migrate\.(revision|version|event|progress|tenant|model|picture)\b' \
  --include='*.c' --include='*.h' src | grep -v '^src/store/')

while IFS= read -r hit; do
  complain "$hit: names a server version outside of src/compat.h"
done < <(grep -rn 'PG_VERSION_NUM' --include='*.c' --include='*.h' src |
  grep -v '^src/compat.h:')

while IFS= read -r hit; do
  complain "$hit: declares an SQL function outside of src/api"
done < <(grep -rn 'PG_FUNCTION_INFO_V1' --include='*.c' --include='*.h' src |
  grep -v '^src/api/')

for dir in graph object diff emit; do
  [ -d "src/$dir" ] || continue
  while IFS= read -r hit; do
    complain "$hit: not in a pure directory"
  done < <(grep -rnE '^#include [<"](catalog/|executor/|utils/syscache\.h)' \
    --include='*.c' --include='*.h' "src/$dir")
done

exit $bad
