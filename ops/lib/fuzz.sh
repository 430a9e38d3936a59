# SPDX-License-Identifier: Apache-2.0
# Fuzzing proper: every target as a libFuzzer program (clang, ASan, UBSan) for its share of a time. What was found new
# stays in build/fuzz/corpus for the next run, an input that crashes in build/fuzz/crashes.

FUZZ_CORPUS=$ROOT/build/fuzz/corpus
FUZZ_CRASHES=$ROOT/build/fuzz/crashes

# stat_of NAME LOG: one of libFuzzer's final numbers.
stat_of() { sed -n "s/^stat::$1: *//p" "$2" | tail -n 1; }

# crash_of LOG: where libFuzzer has put the input.
crash_of() { sed -n 's/.*Test unit written to //p' "$1" | tail -n 1; }

# run_fuzzer PROGRAM SECONDS: one line with its figures; what a crash said, and its input's path.
run_fuzzer() {
  name=$(basename "$1" _fuzzer)
  log=$RUN/$name.log
  mkdir -p "$FUZZ_CORPUS/$name" "$FUZZ_CRASHES"
  if (cd "$RUN" && "$1" -max_total_time="$2" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="$FUZZ_CRASHES/$name-" "$FUZZ_CORPUS/$name" "$ROOT/tests/fuzz/corpus/$name") >"$log" 2>&1; then
    passed=$((passed + 1))
    say "$(printf '  %-22s %4s s  %s runs, %s new inputs' "$name" "$2" \
      "$(stat_of number_of_executed_units "$log")" "$(stat_of new_units_added "$log")")"
  else
    failed=$((failed + 1))
    tail -n 40 "$log"
    say "$(printf '  %-22s failed; the input: %s' "$name" "$(crash_of "$log")")"
  fi
}

# run_fuzzers SECONDS: all of them, one after another, the seconds shared among them.
run_fuzzers() {
  step fuzzers build fuzz fuzzers
  say
  say "fuzz: $1 s for all"
  share=$(($1 / $(find "$ROOT/build/fuzz/bin" -name 'fuzz_*_fuzzer' | wc -l)))
  [ "$share" -gt 0 ] || share=1
  for program in "$ROOT"/build/fuzz/bin/fuzz_*_fuzzer; do run_fuzzer "$program" "$share"; done
}
