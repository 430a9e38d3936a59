/* SPDX-License-Identifier: Apache-2.0 */
/* Papers attached, listed, withdrawn. On the worker's thread; commands within its transaction. */
#include "io/clock.h"
#include "organizations/documents/document_kinds.h"
#include "organizations/documents/emit_document.h"
#include "organizations/documents/store_document.h"
#include "organizations/files/purposes.h"
#include "organizations/files/store_file.h"
#include "organizations/wire.h"
#include "rpc/audit.h"
#include "base/banned.h"

#define SAME(list_end, value, code)                                                                                    \
    _Static_assert((int)(value) == (int)LIANGXIN__ORGANIZATIONS__V1__##code, #list_end " in the order of the enum")
SAME(record_kinds, RECORD_PERSON, RECORD_KIND__RECORD_KIND_PERSON);
SAME(document_kinds, DOCUMENT_OTHER, DOCUMENT_KIND__DOCUMENT_KIND_OTHER);

static char *
instant_or_empty(struct arena *arena, struct db_rows *rows, int i, const char *column)
{
    char *text = arena_alloc(arena, INSTANT_SIZE);

    if (!db_is_null(rows, i, column))
        instant_format(db_instant(rows, i, column), text);
    return text;
}

static void
document_to_wire(struct arena *arena, struct db_rows *rows, int i, Document *out)
{
    out->id = wire_text(db_text(rows, i, "id"));
    out->record = (RecordKind)word_of_code(record_kinds, db_text(rows, i, "record"));
    out->record_id = wire_text(db_text(rows, i, "record_id"));
    out->kind = (DocumentKind)word_of_code(document_kinds, db_text(rows, i, "kind"));
    out->title = wire_text(db_text(rows, i, "title"));
    out->edition = (int32_t)db_i64(rows, i, "edition");
    out->replaces = wire_text(db_text(rows, i, "replaces"));
    out->newest = db_bool(rows, i, "newest");
    out->file_id = wire_text(db_text(rows, i, "file_id"));
    out->file_name = wire_text(db_text(rows, i, "file_name"));
    out->media_type = wire_text(db_text(rows, i, "media_type"));
    out->size = db_i64(rows, i, "size");
    out->attached_at = instant_or_empty(arena, rows, i, "attached_at");
    out->withdrawn_at = instant_or_empty(arena, rows, i, "withdrawn_at");
    out->withdrawn_reason = wire_text(db_text(rows, i, "withdrawn_reason"));
    out->version = db_i64(rows, i, "version");
}

/* Papers of a record need what the record needs. */
static status_t
judge_reader(const struct call *call, int record)
{
    return actor_may(call->actor, record_permission(record)) ? OK : status_plain(PROBLEM_DENIED);
}

/* The file is the actor's own upload, whole, put as a paper. */
static status_t
judge_file(struct call *call, const struct id *id)
{
    struct stored_file file;
    status_t st = file_own(call, id, &file);

    if (st)
        return status_is(st, PROBLEM_NOT_FOUND) ? status_field(call->arena, PROBLEM_NOT_FOUND, "/file_id") : st;
    if (!file.whole || strcmp(file.purpose, PURPOSE_DOCUMENT) != 0)
        return status_plain(PROBLEM_FILE_UNFINISHED);
    return OK;
}

/* The version before, withdrawn or not: of the same record. */
static status_t
judge_replaced(struct call *call, const struct document_draft *draft, int64_t *ret_edition)
{
    struct id record_id;
    struct db_rows *row;
    status_t st = document_lock(call, draft->replaces, &row);

    if (st && !status_is(st, PROBLEM_NOT_FOUND))
        return st;
    record_id = st ? (struct id){ 0 } : db_id(row, 0, "record_id");
    if (!id_equal(&record_id, &draft->record_id))
        return status_field(call->arena, PROBLEM_NOT_FOUND, "/replaces");
    *ret_edition = db_i64(row, 0, "edition") + 1;
    return db_rows_status(row);
}

static struct document_draft *
draft_of(struct call *call, const AttachDocumentRequest *in)
{
    struct document_draft *draft = arena_alloc(call->arena, sizeof *draft);
    struct id *replaces = arena_alloc(call->arena, sizeof *replaces);

    if (in->replaces[0])
        *replaces = wire_read_id(in->replaces);
    *draft = (struct document_draft){ .id = clock_id(),
                                      .record = word_code(record_kinds, (int)in->record),
                                      .record_id = wire_read_id(in->record_id),
                                      .kind = word_code(document_kinds, (int)in->kind),
                                      .title = in->title,
                                      .edition = 1,
                                      .replaces = in->replaces[0] ? replaces : NULL,
                                      .file = wire_read_id(in->file_id) };
    return draft;
}

static status_t
judge(struct call *call, const AttachDocumentRequest *in, struct document_draft *draft)
{
    status_t st = judge_reader(call, (int)in->record);

    if (!st)
        st = record_writable(call, draft->record, &draft->record_id);
    if (!st)
        st = judge_file(call, &draft->file);
    if (!st && draft->replaces)
        st = judge_replaced(call, draft, &draft->edition);
    return st;
}

static struct slice
content_of(struct call *call, struct db_rows *row)
{
    return slice_of(arena_printf(call->arena, "%s|%s|%s|%s|%lld|%s", db_text(row, 0, "record_id"),
                                 db_text(row, 0, "kind"), db_text(row, 0, "title"), db_text(row, 0, "file_id"),
                                 (long long)db_i64(row, 0, "edition"),
                                 db_is_null(row, 0, "withdrawn_at") ? "" : "withdrawn"));
}

/* The row's history, audit and news, all of one content. `before` NULL: it is new. */
static status_t
tell(struct call *call, const struct id *id, struct db_rows *before, struct db_rows *row, const char *reason,
     Document *out)
{
    document_note(call, id, db_i64(row, 0, "version"), before ? "withdrawn" : "attached", reason);
    audit_add(call, &(struct audit_entry){ .object = "document",
                                           .id = id,
                                           .before = before ? content_of(call, before) : (struct slice){ 0 },
                                           .after = content_of(call, row),
                                           .reason = reason });
    emit_document_recorded(call, id, row);
    document_to_wire(call->arena, row, 0, out);
    return db_rows_status(row);
}

status_t
handle_attach_document(struct call *call, const AttachDocumentRequest *in, Document *out)
{
    struct file_store store = file_store_of(call);
    struct document_draft *draft = draft_of(call, in);
    struct db_rows *row;
    status_t st = judge(call, in, draft);

    if (!st)
        st = document_insert(call, draft, &row);
    if (st)
        return st;
    file_keep(&store, &draft->file);
    return tell(call, &draft->id, NULL, row, NULL, out);
}

/* In the version that the caller has seen, and not withdrawn yet. */
static status_t
judge_withdrawal(struct call *call, struct db_rows *row)
{
    status_t st = judge_reader(call, word_of_code(record_kinds, db_text(row, 0, "record")));

    if (!st)
        st = call_expect_version(call, db_i64(row, 0, "version"));
    if (!st && !db_is_null(row, 0, "withdrawn_at"))
        st = status_plain(PROBLEM_DOCUMENT_WITHDRAWN);
    return st;
}

status_t
handle_withdraw_document(struct call *call, const WithdrawDocumentRequest *in, Document *out)
{
    struct id *id = arena_alloc(call->arena, sizeof *id);
    struct db_rows *before;
    struct db_rows *row;
    status_t st;

    *id = wire_read_id(in->id);
    st = document_lock(call, id, &before);
    if (!st)
        st = judge_withdrawal(call, before);
    if (!st)
        st = document_withdraw(call, id, in->reason, &row);
    return st ? st : tell(call, id, before, row, in->reason, out);
}

status_t
handle_list_documents(struct call *call, const ListDocumentsRequest *in, DocumentPage *out)
{
    const char *record = word_code(record_kinds, (int)in->record);
    struct id id = wire_read_id(in->record_id);
    struct db_rows *rows;
    struct page page;
    status_t st = judge_reader(call, (int)in->record);

    if (!st)
        st = page_open(call, arena_printf(call->arena, "%s|%s", record, in->record_id), in->limit, in->cursor, &page);
    if (!st)
        st = document_list(call, record, &id, &page, &rows);
    if (st)
        return st;
    out->n_items = page_count(&page, rows);
    out->items = arena_array(call->arena, out->n_items, sizeof(Document *));
    for (size_t i = 0; i < out->n_items; i++) {
        out->items[i] = document_new(call->arena);
        document_to_wire(call->arena, rows, (int)i, out->items[i]);
    }
    out->next_cursor = page_next(call, &page, rows, "id");
    return db_rows_status(rows);
}

status_t
handle_count_papers(struct call *call, const CountPapersRequest *in, PaperCount *out)
{
    struct id member = wire_read_id(in->member_id);

    return document_count(call, &member, &out->papers);
}
