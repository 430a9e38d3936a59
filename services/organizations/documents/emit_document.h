/* SPDX-License-Identifier: Apache-2.0 */
/* What the other services are told of papers: that there is one, not what it says. */
#ifndef LIANGXIN_ORGANIZATIONS_DOCUMENTS_EMIT_DOCUMENT_H
#define LIANGXIN_ORGANIZATIONS_DOCUMENTS_EMIT_DOCUMENT_H

#include "rpc/call.h"

/* Queues the event in the transaction of its effect; `row` has the columns of store_document.h. */
void emit_document_recorded(struct call *call, const struct id *id, struct db_rows *row);

#endif
