/* SPDX-License-Identifier: Apache-2.0 */
/* Files put and got, one piece at a time. On the worker's thread; a piece is a transaction. */
#include "organizations/files/store_file.h"
#include "organizations/state.h"
#include "organizations/wire.h"
#include "rpc/audit.h"
#include "base/banned.h"

static void
file_to_wire(struct arena *arena, const struct stored_file *file, FileInfo *out)
{
    char *id = arena_alloc(arena, ID_SIZE);
    char *created_at = arena_alloc(arena, INSTANT_SIZE);

    id_format(&file->id, id);
    instant_format(file->created_at, created_at);
    out->id = id;
    out->file_name = wire_text(file->name);
    out->purpose = wire_text(file->purpose);
    out->size = file->size;
    out->whole = file->whole;
    out->media_type = wire_text(file->media_type);
    out->sha256 = wire_text(file->sha256);
    out->created_at = created_at;
}

/* The purpose and the place of the piece: what was put stands in the file's checksum. */
static void
audit(struct call *call, const struct file_piece *piece)
{
    const char *what = arena_printf(call->arena, "%s|%lld|%zu|%s", piece->purpose->name, (long long)piece->offset,
                                    piece->data.size, piece->last ? "last" : "");

    audit_add(call, &(struct audit_entry){ .object = "file", .id = &piece->id, .after = slice_of(what) });
}

status_t
handle_put_file(struct call *call, const PutFileRequest *in, FileInfo *out)
{
    const struct organizations_state *state = call->state;
    struct file_store store = file_store_of(call);
    struct file_piece *piece = arena_alloc(call->arena, sizeof *piece);
    struct stored_file file;
    status_t st;

    *piece = (struct file_piece){ .id = wire_read_id(in->id),
                                  .name = in->file_name,
                                  .purpose = file_purpose_find(state->uploads, in->purpose),
                                  .account = call->actor->account,
                                  .organization = call->actor->organization,
                                  .quota = state->settings->file_quota,
                                  .offset = in->offset,
                                  .data = slice_make(in->data.data, in->data.len),
                                  .last = in->last };
    if (!piece->purpose)
        return status_field(call->arena, PROBLEM_BAD_VALUE, "/purpose");
    st = file_put(&store, piece, &file);
    if (st)
        return st;
    audit(call, piece);
    file_to_wire(call->arena, &file, out);
    return OK;
}

status_t
handle_get_file(struct call *call, const FileId *in, FileInfo *out)
{
    struct id id = wire_read_id(in->id);
    struct stored_file file;
    status_t st = file_readable(call, &id, &file);

    if (st)
        return st;
    file_to_wire(call->arena, &file, out);
    return OK;
}

status_t
handle_get_file_content(struct call *call, const GetFileContentRequest *in, FileContent *out)
{
    struct file_store store = file_store_of(call);
    struct id id = wire_read_id(in->id);
    struct stored_file file;
    struct slice bytes;
    status_t st = file_readable(call, &id, &file);

    if (!st && !file.whole)
        st = status_plain(PROBLEM_NOT_FOUND);
    if (!st)
        st = file_read(&store, &id, in->offset, &bytes);
    if (st)
        return st;
    out->data = (ProtobufCBinaryData){ .len = bytes.size, .data = (uint8_t *)(uintptr_t)bytes.data };
    out->size = file.size;
    out->media_type = wire_text(file.media_type);
    out->file_name = wire_text(file.name);
    return OK;
}
