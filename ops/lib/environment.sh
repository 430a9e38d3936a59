# SPDX-License-Identifier: Apache-2.0
# The settings of each process, as lines NAME='value' that a shell reads; behind them what the operator wrote into
# .run/settings/all and .run/settings/<process>, lines of the same form.

upper() { printf '%s' "$1" | tr '[:lower:]' '[:upper:]'; }

setting() { printf '%s=%s\n' "LIANGXIN_$1" "$(quoted "$2")"; }

# settings_of PROCESS|PROCESS.next
settings_of() {
  settings_of_place "$1"
  for file in "$RUN/settings/all" "$RUN/settings/${1%.next}"; do [ ! -e "$file" ] || cat "$file"; done
}

settings_of_place() {
  setting ADMIN_BIND "127.0.0.1:$(port "$1" admin)"
  setting CURVE_SECRET_FILE "$KEYS/${1%.next}.curve.secret"
  setting CURVE_PEERS_FILE "$KEYS/peers"
  for service in $SERVICES; do setting "PEER_$(upper "$service")" "$(peer_of "$1" "$service")"; done
  if [ "${1%.next}" = gateway ]; then
    setting HTTP_BIND "127.0.0.1:$(port gateway rpc)"
    setting HTTP_SHARE 1
    setting CONSOLE "$BUILD/console/pages"
    setting BELL_NOTIFICATIONS "127.0.0.1:$(port notifications bell)"
    if tls_is_on; then
      setting PROXY_BIND "127.0.0.1:$(port proxy rpc)"
      setting COOKIE_SECURE 1
    fi
    return 0
  fi
  settings_of_service "$1"
}

# peer_of CALLER SERVICE: the gateway answers at once whether a service is there, so it knows the second instance too; a
# service waits until the first is back.
peer_of() {
  case $1 in
  gateway*) printf '127.0.0.1:%s,127.0.0.1:%s' "$(port "$2" rpc)" "$(port "$2.next" rpc)" ;;
  *) printf '127.0.0.1:%s' "$(port "$2" rpc)" ;;
  esac
}

settings_of_service() {
  setting DSN "$(dsn "${1%.next}")"
  setting RPC_BIND "tcp://127.0.0.1:$(port "$1" rpc)"
  setting BELL_BIND "tcp://127.0.0.1:$(port "$1" bell)"
  for service in $SERVICES; do
    setting "BELL_$(upper "$service")" "127.0.0.1:$(port "$service" bell)"
  done
  setting ACTOR_PUBLIC_FILE "$KEYS/actor.public"
  setting CURSOR_KEY_FILE "$KEYS/cursor.keys"
  case ${1%.next} in
  organizations)
    setting ACTOR_SECRET_FILE "$KEYS/actor.secret"
    setting IDENTITY_KEY_FILE "$KEYS/identity.keys"
    setting IDENTITY_INDEX_FILE "$KEYS/identity.index"
    ;;
  transfers)
    setting LETTER_KEY_FILE "$KEYS/letter.keys"
    setting PUBLIC_URL "${LIANGXIN_PUBLIC_URL:-http://127.0.0.1:$(port gateway rpc)}"
    ;;
  esac
}

# with_settings_of PROCESS COMMAND...
with_settings_of() {
  (
    settings=$(settings_of "$1")
    shift
    set -a
    eval "$settings"
    set +a
    exec "$@"
  )
}
