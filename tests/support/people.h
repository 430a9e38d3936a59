/* SPDX-License-Identifier: Apache-2.0 */
/* Invented members, as many as a test wants, as the ledger of members has them. Identity numbers are well-formed, of a
 * region that no place has, and each is made once. */
#ifndef LIANGXIN_TESTS_PEOPLE_H
#define LIANGXIN_TESTS_PEOPLE_H

#include <stdio.h>

/* The ledger's first line. */
void people_head(FILE *out);
/* The row of the n-th invented member (0 .. 999,999), in the organization of this code. */
void people_row(FILE *out, int n, const char *organization);

#endif
