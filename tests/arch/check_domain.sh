#!/bin/sh
# Domain files know no clock, no randomness, no I/O, no message. A header of a service that includes base/ and headers like
# itself alone promises that, and the .c of the same name keeps it. Files of the roles below are no domain by their name.
set -eu
cd "$(dirname -- "$0")/../../services"

find organizations transfers dues training notifications -name '*.[ch]' 2>/dev/null | sort | awk '
  function pure(file, line, name, ok) {
    if (file in known) return known[file]
    known[file] = 1 # a circle is judged by its other members
    ok = 1
    while (ok && (getline line < file) > 0) {
      if (line !~ /^ *# *include/) continue
      name = line
      sub(/^[^"<]*["<]/, "", name); sub(/[">].*/, "", name)
      if (line ~ /"/) ok = name ~ /^base\// || (name in own && pure(name))
      else ok = name !~ outside
      if (!ok) why[file] = name
    }
    close(file)
    return known[file] = ok
  }
  BEGIN {
    roles = "(^|/)(main|service|bootstrap|handle|follow|job|store|wire|emit)[_.][^/]*$"
    outside = "^(liangxin/|protobuf-c/|zmq|sodium|libpq|uv[.]|jansson|time[.]h|unistd|fcntl|netdb|poll|pthread|signal|sys/)"
  }
  { own[$0] = 1 }
  END {
    for (file in own) {
      if (file !~ /[.]c$/ || file ~ roles) continue
      header = file; sub(/c$/, "h", header)
      if (!(header in own) || !pure(header)) continue
      domain++
      if (!pure(file)) { printf "%s is a domain file and includes %s\n", file, why[file]; wrong++ }
    }
    printf "%d domain files, %d wrong\n", domain, wrong
    exit wrong > 0
  }'
