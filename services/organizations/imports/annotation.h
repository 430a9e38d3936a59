/* SPDX-License-Identifier: Apache-2.0 */
/* What became of a row, in words for the people who keep the ledger. Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_IMPORTS_ANNOTATION_H
#define LIANGXIN_ORGANIZATIONS_IMPORTS_ANNOTATION_H

#include "base/arena.h"

/* Codes as the database has them; NULL: there is none. */
struct row_result {
    const char *outcome;
    const char *undo;
    const char *kept_code;
    const char *problems; /* "column US code" joined by RS */
};

/* 新增, 有误 …; after an undo 已撤销 or 保留. */
struct slice result_outcome(const struct row_result *result);
/* "组织编码：组织编码不存在；…", or empty. */
struct slice result_reason(struct arena *arena, const struct row_result *result);

#endif
