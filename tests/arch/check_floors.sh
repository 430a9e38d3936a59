#!/bin/sh
# Every #include of product code against the table floors.txt: a floor names only what lies below it.
set -eu
cd "$(dirname -- "$0")/../.."

find services gateway proto/generator ops/keys -name '*.[ch]' -o -name '*.def' | sort | awk '
  BEGIN {
    while ((getline line < "tests/arch/floors.txt") > 0) {
      if (line ~ /^#/ || split(line, part, /  +/) < 3) continue
      folder[++rows] = part[1]; inner[rows] = "^(" part[2] ")"; outer[rows] = "^(" part[3] ")"
    }
    # what a floor must be allowed to name; other <headers> are plain C
    guarded = "^(zmq|sodium|libpq|uv[.]|llhttp|jansson|curl/|protobuf-c/|google/|liangxin/|cairo|pango|qrencode|" \
              "xlsxwriter|expat|minizip|unicode/)"
    posix = "^(time[.]h|unistd|fcntl|netdb|poll|pthread|signal|spawn|sys/|netinet/|arpa/)"
  }
  function row_of(file, i) {
    for (i = 1; i <= rows; i++) if (index(file, folder[i]) == 1) return i
    return 0
  }
  function judge(file, line, row, name, bad) {
    name = line
    sub(/^[^"<]*["<]/, "", name); sub(/[">].*/, "", name)
    if (line ~ /"/) bad = name !~ inner[row]
    else if (name ~ posix) bad = outer[row] !~ /posix/
    else bad = name ~ guarded && name !~ outer[row]
    if (bad) { printf "%s may not include %s\n", file, name; wrong++ }
  }
  {
    file = $0; row = row_of(file); files++
    if (!row) { printf "%s stands on no floor of floors.txt\n", file; wrong++; next }
    while ((getline line < file) > 0) if (line ~ /^ *# *include/) judge(file, line, row)
    close(file)
  }
  END {
    printf "%d files, %d wrong\n", files, wrong
    exit wrong > 0
  }'
