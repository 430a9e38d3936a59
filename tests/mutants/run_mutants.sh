#!/bin/sh
#
# usage: run_mutants.sh TREE WORK [NAME...]
#
# Copies TREE to WORK, and for each mutant (tests/mutants/NAME.patch) applies it there, builds it and runs the test that
# its first line names: it must fail. The same test must pass without the mutant. Needs LIANGXIN_TEST_* (ops/test
# mutants). The last line counts the caught; exit status 1 unless all were.
set -eu
TREE=$1 WORK=$2
shift 2
HERE=$TREE/tests/mutants
COPY=$WORK/tree BUILT=$WORK/build

if [ $# -eq 0 ]; then
  for file in "$HERE"/*.patch; do
    name=${file##*/}
    set -- "$@" "${name%.patch}"
  done
fi

mkdir -p "$COPY"
(cd "$TREE" && tar -cf - --exclude=./build --exclude=./.run --exclude=./.git --exclude=node_modules .) | tar -xmf - -C "$COPY"
export LIANGXIN_TEST_BIN="$BUILT/bin" LIANGXIN_TEST_ROOT="$COPY"

test_of() { sed -n 's/^test: //p' "$HERE/$1.patch"; }

# Everything that the test and the processes it starts are made of.
build() {
  ninja -C "$BUILT" "$1" liangxin-organizations liangxin-transfers liangxin-dues liangxin-training \
    liangxin-notifications liangxin-gateway >"$WORK/build.log" 2>&1
}

passes() { ctest --test-dir "$BUILT" -R "^$1\$" --no-tests=error --output-on-failure >"$WORK/test.log" 2>&1; }

# The first case that failed.
case_that_failed() { sed -n 's/^\[  FAILED  \] \([a-z_]*\)$/\1/p' "$WORK/test.log" | head -n 1; }

cmake -S "$COPY" -B "$BUILT" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo \
  -DLIANGXIN_LLHTTP_DIR="$TREE/.run/llhttp/usr/share" >"$WORK/cmake.log"

for name in $(for mutant in "$@"; do test_of "$mutant"; done | sort -u); do
  if ! build "$name" || ! passes "$name"; then
    tail -n 30 "$WORK/build.log" "$WORK/test.log" 2>/dev/null
    echo "$name does not pass without a mutant"
    exit 1
  fi
done

caught=0
for mutant in "$@"; do
  name=$(test_of "$mutant")
  patch -s -p1 -d "$COPY" <"$HERE/$mutant.patch" || { echo "$mutant does not fit the tree any more" && exit 1; }
  if ! build "$name"; then
    tail -n 30 "$WORK/build.log"
    echo "$mutant does not compile"
    exit 1
  fi
  if passes "$name"; then
    printf '%-32s MISSED by %s\n' "$mutant" "$name"
  else
    printf '%-32s caught by %s: %s\n' "$mutant" "$name" "$(case_that_failed)"
    caught=$((caught + 1))
  fi
  patch -s -R -p1 -d "$COPY" <"$HERE/$mutant.patch"
done
echo "mutants: $caught of $# caught"
[ "$caught" -eq $# ]
