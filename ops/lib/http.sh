# SPDX-License-Identifier: Apache-2.0
# The public API, as any client sees it.

API=$HTTP_BASE/api/v1

# api TOKEN METHOD PATH [CURL ARGUMENT...]: leaves the body in $RUN/answer and the head in $RUN/head. The token goes
# through a pipe, so that it stands in no process table. A refusal prints the problem and stops.
api() {
  try_api "$@"
  case $code in
  2??) ;;
  *) die "$method $path as $token: $code $(problem)" ;;
  esac
}

# The same, but a refusal is left in $code.
try_api() {
  token=$1 method=$2 path=$3
  shift 3
  code=$(printf 'Authorization: Bearer %s\n' "$(cat "$TOKENS/$token")" |
    curl -sS --max-time 120 -X "$method" -H @- -H 'Accept-Language: en' -D "$RUN/head" -o "$RUN/answer" \
      -w '%{http_code}' "$@" "$API$path") || die "no answer from $API$path"
}

# The problem in one line: title, detail, each faulty field.
problem() {
  jq -r '[.title, .detail, (.errors // [] | .[] | "\(.pointer // "") \(.detail // .code)")] | map(select(. != null)) |
    join("; ")' "$RUN/answer" 2>/dev/null || head -c 400 "$RUN/answer"
}

api_get() { api "$1" GET "$2"; }

# api_post TOKEN PATH JSON [CURL ARGUMENT...]: a new command each time it is called, unless POST_KEY names an old one.
api_post() {
  post_token=$1 post_path=$2 post_body=$3
  shift 3
  api "$post_token" POST "$post_path" -H "Idempotency-Key: ${POST_KEY:-$(new_key)}" -H 'Content-Type: application/json' \
    --data "$post_body" "$@"
}

# keep_key FILE: the next commands bear the key in the file, made when there is none. So a command whose answer was lost
# brings the same answer again. drop_key ends it.
keep_key() {
  [ -s "$1" ] || new_key >"$1"
  POST_KEY=$(cat "$1")
}

drop_key() {
  rm -f "$1"
  POST_KEY=
}

# api_post_patiently: the same, for what another service learns a moment later: up to 30 s of "not found".
api_post_patiently() {
  patience=$(($(date +%s) + 30))
  while :; do
    try_api "$1" POST "$2" -H "Idempotency-Key: ${POST_KEY:-$(new_key)}" -H 'Content-Type: application/json' --data "$3"
    case $code in
    2??) return 0 ;;
    404) [ "$(date +%s)" -lt "$patience" ] || die "POST $2 as $1: still $code $(problem)" ;;
    *) die "POST $2 as $1: $code $(problem)" ;;
    esac
    sleep 0.3
  done
}

new_key() { cat /proc/sys/kernel/random/uuid; }

# answer FILTER: a value of the last answer; a missing one stops.
answer() {
  jq -er "$1" "$RUN/answer" || die "the answer to $method $path has no $1"
}

answer_etag() { sed -n 's/^[Ee][Tt][Aa][Gg]: *\([^[:cntrl:]]*\).*/\1/p' "$RUN/head"; }

organization_id() {
  api_get city_clerk "/organizations?code=$1"
  answer '.items[0].id'
}
