#!/bin/sh
# The days of those who work in the console (tests/e2e/days), one after the other on a system of its own. Pictures of the
# pages go to build/days. LIANGXIN_TEST_PORT_BASE as for the scenarios.
set -eu
ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
PORTS=$((${LIANGXIN_TEST_PORT_BASE:-15000} + 40))
for name in $(env | sed -n 's/^\(LIANGXIN_[A-Z_]*\)=.*/\1/p'); do unset "$name"; done
RUN=$(mktemp -d "${TMPDIR:-/tmp}/liangxin.XXXXXX")
chmod 711 "$RUN"
export RUN LIANGXIN_PORT_BASE="$PORTS"

tear_down() {
  "$ROOT/ops/reset" --yes >/dev/null || true
  rm -rf "$RUN"
}
trap tear_down EXIT
trap 'exit 130' INT TERM

"$ROOT/ops/up"
mkdir -p "$ROOT/build/days"
cd "$ROOT/tests/e2e/days"
for day in "$ROOT"/tests/e2e/days/*_day.mjs; do
  basename "$day" .mjs
  node "$day" "http://127.0.0.1:$PORTS" "$RUN/passwords" "$ROOT/build/days"
done
