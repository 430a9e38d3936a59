/* SPDX-License-Identifier: Apache-2.0 */
/* Events of papers. The worker's thread and transaction. */
#include "organizations/documents/emit_document.h"

#include <liangxin/feed/v1/directory.pb-c.h>

#include "events/outbox.h"
#include "organizations/wire.h"
#include "base/banned.h"

void
emit_document_recorded(struct call *call, const struct id *id, struct db_rows *row)
{
    Liangxin__Feed__V1__DocumentRecorded fact = LIANGXIN__FEED__V1__DOCUMENT_RECORDED__INIT;
    struct id record_id = db_id(row, 0, "record_id");

    fact.id = wire_id(id);
    fact.record = wire_text(db_text(row, 0, "record"));
    fact.record_id = wire_id(&record_id);
    fact.kind = wire_text(db_text(row, 0, "kind"));
    fact.edition = (int32_t)db_i64(row, 0, "edition");
    fact.withdrawn = !db_is_null(row, 0, "withdrawn_at");
    outbox_append(call->db, call->arena,
                  &(struct outbox_event){ .aggregate = "document",
                                          .id = id,
                                          .version = db_i64(row, 0, "version"),
                                          .fact = &fact.base,
                                          .at = call->now });
}
