# SPDX-License-Identifier: Apache-2.0
# liangxin_floor(name FOLDER folder SOURCES ... USES ... PRIVATE ...): one static library per folder. Its headers are
# seen as "folder/file.h" through a link of its own in the build tree, so that an #include compiles only where the
# floor is linked: what is not below cannot be named.
function(liangxin_floor name)
  cmake_parse_arguments(arg "" "FOLDER" "SOURCES;USES;PRIVATE" ${ARGN})
  set(root ${CMAKE_BINARY_DIR}/include/${name})
  file(MAKE_DIRECTORY ${root})
  file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${root}/${arg_FOLDER} SYMBOLIC)
  add_library(${name} STATIC ${arg_SOURCES})
  target_include_directories(${name} PUBLIC ${root})
  target_link_libraries(${name} PUBLIC ${arg_USES} PRIVATE liangxin_flags ${arg_PRIVATE})
endfunction()

# liangxin_program(name SOURCES ... USES ...): an executable of ours, position independent, warnings as errors.
function(liangxin_program name)
  cmake_parse_arguments(arg "" "" "SOURCES;USES" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_USES} liangxin_flags)
  target_link_options(${name} PRIVATE -pie)
endfunction()
