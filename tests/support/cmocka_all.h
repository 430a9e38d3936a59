/* SPDX-License-Identifier: Apache-2.0 */
/* cmocka and the headers it wants before it. */
#ifndef LIANGXIN_TESTS_CMOCKA_ALL_H
#define LIANGXIN_TESTS_CMOCKA_ALL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#endif
