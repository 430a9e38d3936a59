# SPDX-License-Identifier: Apache-2.0
# The settings of each process, as lines NAME='value' that a shell reads.

upper() { printf '%s' "$1" | tr '[:lower:]' '[:upper:]'; }

setting() { printf '%s=%s\n' "LIANGXIN_$1" "$(quoted "$2")"; }

# settings_of PROCESS
settings_of() {
  setting ADMIN_BIND "127.0.0.1:$(port "$1" admin)"
  setting CURVE_SECRET_FILE "$KEYS/$1.curve.secret"
  setting CURVE_PEERS_FILE "$KEYS/peers"
  for service in $SERVICES; do
    setting "PEER_$(upper "$service")" "127.0.0.1:$(port "$service" rpc)"
  done
  if [ "$1" = gateway ]; then
    setting HTTP_BIND "127.0.0.1:$(port gateway rpc)"
    setting BELL_NOTIFICATIONS "127.0.0.1:$(port notifications bell)"
    if tls_is_on; then
      setting PROXY_BIND "127.0.0.1:$(port proxy rpc)"
      setting COOKIE_SECURE 1
    fi
    return 0
  fi
  settings_of_service "$1"
}

settings_of_service() {
  setting DSN "$(dsn "$1")"
  setting RPC_BIND "tcp://127.0.0.1:$(port "$1" rpc)"
  setting BELL_BIND "tcp://127.0.0.1:$(port "$1" bell)"
  for service in $SERVICES; do
    setting "BELL_$(upper "$service")" "127.0.0.1:$(port "$service" bell)"
  done
  setting ACTOR_PUBLIC_FILE "$KEYS/actor.public"
  setting CURSOR_KEY_FILE "$KEYS/cursor.keys"
  case $1 in
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
