# SPDX-License-Identifier: Apache-2.0
# What a person sees: plain lines, one line per step with its seconds, errors that say what to do.

say() { printf '%s\n' "$*"; }

die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# usage: the comment at the head of the command is its manual.
usage() {
  awk 'NR < 3 { next } !/^#/ { exit } { sub(/^# ?/, ""); print }' "$0"
  exit 0
}

# step TITLE COMMAND...: runs it with its output in the step's log; what `note` said stands at the end of the line. When
# it fails, shows the end of the log and stops.
step() {
  step_title=$1
  shift
  step_began=$(date +%s)
  : >"$STEP_NOTE"
  printf '  %-22s' "$step_title"
  set +e
  (
    set -e
    "$@"
  ) >"$STEP_LOG" 2>&1
  step_code=$?
  set -e
  step_took="$(($(date +%s) - step_began)) s"
  if [ "$step_code" -ne 0 ]; then
    printf ' failed after %s\n\n' "$step_took"
    tail -n 60 "$STEP_LOG" >&2
    die "'$step_title' failed; the whole output is in $STEP_LOG"
  fi
  printf ' %6s  %s\n' "$step_took" "$(cat "$STEP_NOTE")"
}

note() { printf '%s' "$*" >"$STEP_NOTE"; }

# The value as one word of a shell file.
quoted() { printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")"; }
