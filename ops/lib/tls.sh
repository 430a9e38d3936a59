# SPDX-License-Identifier: Apache-2.0
# The TLS terminator: HAProxy in TCP mode, so that the gateway's is the one HTTP parser; it says who the client is by a
# PROXY header. On while $RUN/tls names the file with certificate and key.

TLS_CHOICE=$RUN/tls
TLS_BASE=https://127.0.0.1:$(port tls rpc)

tls_is_on() { [ -s "$TLS_CHOICE" ]; }

# choose_tls FILE|self|off
choose_tls() {
  case $1 in
  off)
    rm -f "$TLS_CHOICE"
    return 0
    ;;
  self)
    need_packages tls
    certificate=$KEYS/tls.pem
    [ -s "$certificate" ] || make_certificate "$certificate"
    ;;
  *)
    need_packages tls
    certificate=$(readlink -f -- "$1")
    ;;
  esac
  check_certificate "$certificate"
  printf '%s\n' "$certificate" >"$TLS_CHOICE"
  note "$certificate"
}

# For a first look: no browser trusts it. 397 days are the most that browsers take from anybody.
make_certificate() {
  (
    umask 077
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 397 -subj "/CN=$(uname -n)" \
      -addext "subjectAltName=DNS:$(uname -n),DNS:localhost,IP:127.0.0.1" -keyout "$1.key" -out "$1.certificate"
    cat "$1.certificate" "$1.key" >"$1.new"
  )
  rm "$1.certificate" "$1.key"
  mv "$1.new" "$1"
}

check_certificate() {
  [ -r "$1" ] || die "cannot read $1"
  openssl x509 -in "$1" -noout -checkend 0 || die "$1 holds no certificate that is valid now"
  openssl pkey -in "$1" -noout -passin pass: || die "$1 holds no key without a passphrase, behind its certificate"
  [ "$(openssl x509 -in "$1" -noout -pubkey)" = "$(openssl pkey -in "$1" -pubout -passin pass:)" ] ||
    die "the key in $1 is not the certificate's"
}

# As root it gives its rights up once it has read the key. Idle time is the gateway's to judge, which ends sooner.
terminator_settings() {
  echo global
  echo '  log stderr format raw daemon notice'
  echo '  fd-hard-limit 25000' # two for each connection; fewer where the system's own limit is lower
  echo '  ssl-default-bind-options ssl-min-ver TLSv1.2 no-tls-tickets'
  echo '  ssl-default-bind-ciphers ECDHE+AESGCM:ECDHE+CHACHA20'
  if [ "$(id -u)" = 0 ]; then printf '  user haproxy\n  group haproxy\n'; fi
  cat <<END
defaults
  mode tcp
  log global
  option dontlog-normal
  timeout connect 5s
  timeout client 120s
  timeout server 120s
frontend public
  bind :::$(port tls rpc) v4v6 ssl crt "$(cat "$TLS_CHOICE")" alpn http/1.1
  default_backend gateway
backend gateway
  server gateway 127.0.0.1:$(port proxy rpc) send-proxy-v2
END
}

place_terminator() {
  if tls_is_on; then
    new_process tls
    terminator_settings >"$new/settings"
    printf '#!/bin/sh\nexec 2>&1\nexec haproxy -db -f ./settings\n' >"$new/run"
    mark_process "$(cat "$TLS_CHOICE")"
    place_process tls
  elif [ -d "$SUPERVISED/tls" ]; then
    ! supervisor_is_running || sv -w 30 exit "$SUPERVISED/tls"
    rm -rf "$SUPERVISED/tls"
  fi
}
