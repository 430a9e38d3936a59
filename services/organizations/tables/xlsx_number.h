/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers of a spreadsheet as people see them. Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_TABLES_XLSX_NUMBER_H
#define LIANGXIN_ORGANIZATIONS_TABLES_XLSX_NUMBER_H

#include "base/arena.h"
#include "organizations/tables/record.h"

/* The number written out without an exponent. CELL_DIGITS_LOST from 10^15 on; what is no number stays as it is. */
enum cell_fault number_text(struct arena *arena, struct slice value, struct slice *ret_text);
/* The day of a serial number: day 1 is 1900-01-01 (with the 29th of February 1900 that never was), or day 0 is
 * 1904-01-01. What is no day stays a number. */
enum cell_fault serial_text(struct arena *arena, struct slice value, bool from_1904, struct slice *ret_text);
/* True for built-in formats that show a day. */
bool format_id_is_date(long id);
/* True when a format's code shows a year or a day: "yyyy/m/d", not "0.00", [Red] or "d" in quotes. */
bool format_code_is_date(const char *code);

#endif
