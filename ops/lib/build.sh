# SPDX-License-Identifier: Apache-2.0
# The build trees of CMakePresets.json.

# build PRESET TARGET...: "all" is everything, tests included.
build() {
  preset=$1
  shift
  (
    cd "$ROOT" || exit
    # The first time twice: CMake takes the flags of libzmq from pkg-config in one order, and in another from its cache,
    # so the second ops/up would compile everything again.
    [ -e "build/$preset/build.ninja" ] || cmake --preset "$preset"
    cmake --preset "$preset"
    cmake --build "build/$preset" --target "$@"
  )
}

build_product() {
  # shellcheck disable=SC2046,SC2086 # lists of words
  build release console liangxin-keys $(printf 'liangxin-%s ' $PROCESSES)
}
