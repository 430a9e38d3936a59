# SPDX-License-Identifier: Apache-2.0
# Secrets of this installation. What is there stays.

random_hex() { od -An -v -tx1 -N "$1" /dev/urandom | tr -d ' \n'; }

make_keys() {
  "$BIN/liangxin-keys" "$KEYS"
  for service in $SERVICES; do
    make_password "$service"
    make_password "${service}_owner"
  done
}

# make_password ROLE: as a libpq password file, so that it stands in no environment and no argument.
make_password() {
  file=$KEYS/db/$1.pgpass
  [ ! -s "$file" ] || return 0
  (
    umask 077
    printf '%s:*:liangxin:%s:%s\n' "$PG_HOST" "$1" "$(random_hex 24)" >"$file.new"
  )
  mv "$file.new" "$file"
}

password_of() { cut -d: -f5 "$KEYS/db/$1.pgpass"; }
