#!/bin/sh
# All C files stand as .clang-format would set them.
set -eu
cd "$(dirname -- "$0")/../.."
find services gateway proto ops tests -name node_modules -prune -o -name '*.[ch]' -print0 |
  xargs -0 -r clang-format --dry-run -Werror
