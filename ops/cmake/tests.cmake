# SPDX-License-Identifier: Apache-2.0
# liangxin_test(name SOURCES ... USES ...): a cmocka program and its ctest. A test that hangs is a failure.
function(liangxin_test name)
  cmake_parse_arguments(arg "" "TIMEOUT" "SOURCES;USES" ${ARGN})
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 60)
  endif()
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_USES} PkgConfig::CMOCKA liangxin_flags)
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT})
  set(suppressed suppressions=${CMAKE_SOURCE_DIR}/tests)
  if(LIANGXIN_SANITIZE MATCHES thread)
    set_tests_properties(${name} PROPERTIES ENVIRONMENT "TSAN_OPTIONS=${suppressed}/thread_sanitizer.supp")
  elseif(LIANGXIN_SANITIZE MATCHES address)
    set_tests_properties(${name} PROPERTIES
      ENVIRONMENT "LSAN_OPTIONS=${suppressed}/leak_sanitizer.supp:print_suppressions=0")
  endif()
endfunction()
