# SPDX-License-Identifier: Apache-2.0
# One generated list of every LIANGXIN_ name that any process (or ops/) knows, gathered from all *.def files.
# liangxin_known_settings(target): a library with `known_settings[]` (io/known_settings.h).
function(liangxin_known_settings target)
  file(GLOB_RECURSE definitions CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/services/*.def ${CMAKE_SOURCE_DIR}/gateway/*.def)
  set(names LIANGXIN_PORT_BASE)
  foreach(definition IN LISTS definitions)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${definition})
    file(STRINGS ${definition} rows REGEX "^SETTING\\(")
    foreach(row IN LISTS rows)
      string(REGEX MATCH "LIANGXIN_[A-Z0-9_]+" name "${row}")
      list(APPEND names ${name})
    endforeach()
  endforeach()
  list(SORT names)
  list(REMOVE_DUPLICATES names)
  list(TRANSFORM names REPLACE "(.+)" "    \"\\1\",")
  list(JOIN names "\n" rows)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/known_settings.c CONTENT
    "#include \"io/known_settings.h\"\n\nconst char *const known_settings[] = {\n@rows@\n    0,\n};\n" @ONLY)
  add_library(${target} STATIC ${CMAKE_BINARY_DIR}/known_settings.c)
  target_link_libraries(${target} PUBLIC runtime_io)
endfunction()
