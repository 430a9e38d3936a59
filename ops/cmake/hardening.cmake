# SPDX-License-Identifier: Apache-2.0
# Warnings and hardening for our own code, each flag kept only where the compiler knows it (gcc, clang, arm64).
include(CheckCCompilerFlag)

add_library(liangxin_flags INTERFACE)

set(_warnings -Wall -Wextra -Wformat=2 -Wconversion -Wshadow -Wvla -Walloca -Wstrict-prototypes -Wmissing-prototypes
    -Wimplicit-fallthrough -Wundef -Wpointer-arith -Wwrite-strings
    -Werror=implicit-function-declaration -Werror=incompatible-pointer-types)
set(_hardening -fstack-protector-strong -fstack-clash-protection -fcf-protection=full -ftrivial-auto-var-init=zero
    -fzero-call-used-regs=used-gpr -fno-strict-aliasing -fno-strict-overflow -fno-delete-null-pointer-checks)

foreach(flag IN LISTS _warnings _hardening)
  string(MAKE_C_IDENTIFIER "have${flag}" have)
  check_c_compiler_flag("-Werror ${flag}" ${have})
  if(${have})
    target_compile_options(liangxin_flags INTERFACE ${flag})
  endif()
endforeach()

if(LIANGXIN_WERROR)
  target_compile_options(liangxin_flags INTERFACE -Werror)
endif()

if(LIANGXIN_SANITIZE)
  add_compile_options(-fsanitize=${LIANGXIN_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${LIANGXIN_SANITIZE})
elseif(CMAKE_BUILD_TYPE STREQUAL "Release" OR CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
  target_compile_options(liangxin_flags INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
endif()

target_compile_definitions(liangxin_flags INTERFACE _GNU_SOURCE)
target_link_options(liangxin_flags INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack,-z,separate-code)
