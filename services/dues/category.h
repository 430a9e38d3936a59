/* SPDX-License-Identifier: Apache-2.0 */
/* What a member lives on, which decides the rule of the dues (党费收缴标准). Pure. */
#ifndef LIANGXIN_DUES_CATEGORY_H
#define LIANGXIN_DUES_CATEGORY_H

#include "base/slice.h"

/* name, code in the database, 人员类别 as ledgers say it; the numbers are those of dues.v1.DuesCategory */
#define DUES_CATEGORIES(X)                                                                                             \
    X(WAGE, 1, "wage", "在职")                                                                                         \
    X(SELF_EMPLOYED, 2, "self_employed", "个体经营")                                                                   \
    X(RETIRED, 3, "retired", "离退休")                                                                                 \
    X(FARMER, 4, "farmer", "农民")                                                                                     \
    X(STUDENT, 5, "student", "学生")                                                                                   \
    X(UNEMPLOYED, 6, "unemployed", "下岗失业")                                                                         \
    X(RELIEF, 7, "relief", "领取抚恤金、救济金")                                                                       \
    X(SUBSISTENCE, 8, "subsistence", "低保")

enum dues_category {
    DUES_UNKNOWN = 0,
#define X(name, number, code, word) DUES_##name = (number),
    DUES_CATEGORIES(X)
#undef X
};

/* The code; NULL for DUES_UNKNOWN. */
const char *dues_category_code(enum dues_category category);
/* DUES_UNKNOWN when there is no such code; NULL is none. */
enum dues_category dues_category_of_code(const char *code);
/* From what a ledger says of a person's occupation, word or code; DUES_UNKNOWN when it does not decide the rule. */
enum dues_category dues_category_of_occupation(struct slice occupation);

#endif
