/* SPDX-License-Identifier: Apache-2.0 */
/* Closed lists of papers (材料) and of the records they belong to. In the order of the enums of the .proto. Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_DOCUMENTS_DOCUMENT_KINDS_H
#define LIANGXIN_ORGANIZATIONS_DOCUMENTS_DOCUMENT_KINDS_H

#include "organizations/words.h"

extern const struct word document_kinds[]; /* 材料类型 */
extern const struct word record_kinds[];   /* 所属记录 */

enum record_kind { RECORD_ORGANIZATION = 1, RECORD_MEMBER, RECORD_UNIT, RECORD_PERSON, RECORD_KINDS };
enum { DOCUMENT_OTHER = 8 }; /* the last of the list */

/* What reading records of this kind needs; "" for none of the list. */
const char *record_permission(int record);

#endif
