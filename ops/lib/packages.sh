# SPDX-License-Identifier: Apache-2.0
# Debian packages of ops/packages.txt. Nothing is asked of the network while nothing is missing.

LLHTTP=$ROOT/.run/llhttp # where the build looks for it
PG_DROP_IN=/etc/postgresql-common/createcluster.d/liangxin.conf

# packages_wanted build|up|test|bench|fuzz|tls: each of the first three has those before it too.
packages_wanted() {
  awk -v tier="$1" '
    BEGIN { rank["build"] = 1; rank["up"] = 2; rank["test"] = 3 }
    /^[^#]/ && ($2 == tier || rank[$2] && rank[$2] <= rank[tier]) { print $1, $3 }' "$ROOT/ops/packages.txt"
}

packages_missing() {
  packages_wanted "$1" | while read -r package program; do
    [ -z "$program" ] || ! command -v "$program" >/dev/null || continue
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf '%s ' "$package"
  done
}

apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

# Debian would make and start a cluster of its own with the server: told not to while it is installed.
install_packages() {
  as_root apt-get update -q
  case " $* " in
  *" postgresql-15 "*)
    apt_install postgresql-common
    as_root mkdir -p "${PG_DROP_IN%/*}"
    echo 'create_main_cluster = false' | as_root tee "$PG_DROP_IN" >/dev/null
    ;;
  esac
  apt_install "$@"
  as_root rm -f "$PG_DROP_IN"
}

# llhttp's sources come with node-llhttp, which would bring a whole Node: only its files are taken.
fetch_llhttp() {
  fetch=$(mktemp -d)
  chmod 755 "$fetch"
  [ "$(id -u)" != 0 ] || chown _apt "$fetch"
  (
    cd "$fetch" || exit
    apt-get download -q node-llhttp || { as_root apt-get update -q && apt-get download -q node-llhttp; }
  )
  rm -rf "$LLHTTP"
  mkdir -p "$LLHTTP"
  dpkg -x "$fetch"/node-llhttp_*.deb "$LLHTTP"
  rm -rf "$fetch"
}

need_packages() {
  command -v apt-get >/dev/null || die "this is not Debian: install what ops/packages.txt lists"
  missing=$(packages_missing "$1")
  # shellcheck disable=SC2086 # a list of words
  [ -z "$missing" ] || install_packages $missing
  [ -d /usr/share/llhttp ] || [ -d "$LLHTTP/usr/share/llhttp" ] || fetch_llhttp
  note "${missing:+installed: $(printf '%s' "$missing" | wc -w)}"
}
