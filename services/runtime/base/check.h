/* SPDX-License-Identifier: Apache-2.0 */
/* Assertions on our own logic, by kind. Never on anything that came through a socket, a file or a row. */
#ifndef LIANGXIN_BASE_CHECK_H
#define LIANGXIN_BASE_CHECK_H

/* Prints the place and the text, then aborts. */
_Noreturn void check_failed(const char *file, int line, const char *text);

#define CHECK(cond)       ((cond) ? (void)0 : check_failed(__FILE__, __LINE__, #cond))
#define UNREACHABLE(text) check_failed(__FILE__, __LINE__, "unreachable: " text)

#endif
