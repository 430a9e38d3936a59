/* SPDX-License-Identifier: Apache-2.0 */
/* DOMAIN: capital numerals (大写), in which a letter writes what must not be altered (组通字〔2006〕45号). Pure. */
#ifndef LIANGXIN_TRANSFERS_PAPER_CAPITAL_H
#define LIANGXIN_TRANSFERS_PAPER_CAPITAL_H

#include <stdint.h>

#include "base/date.h"

#define CAPITAL_NUMBER_SIZE 32 /* bytes */
#define CAPITAL_MONTH_SIZE  48

/* 0 to 99: 10 -> 壹拾, 25 -> 贰拾伍. */
void capital_number(uint32_t number, char ret_text[CAPITAL_NUMBER_SIZE]);
/* 2026-11 -> 贰零贰陆年拾壹月: a year digit by digit, a month as it is spoken. */
void capital_month(month_t month, char ret_text[CAPITAL_MONTH_SIZE]);

#endif
