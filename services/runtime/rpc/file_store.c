/* SPDX-License-Identifier: Apache-2.0 */
/* Files in chunks. The caller's thread and transaction; owns nothing but a scratch arena while it looks through a whole
 * file. */
#include "rpc/file_store.h"

#include "base/banned.h"

#define SCRATCH_LIMIT ((size_t)8 * 1024 * 1024) /* one chunk as it comes, opened, and room */
#define EXPIRE_BATCH  20                        /* files a step removes */
#define DAY           ((instant_t)86400 * 1000000)
#define FILE_COLUMNS  "f.id, f.account_id, f.name, f.purpose, f.media_type, f.sha256, f.size, f.state, f.created_at"

const struct file_purpose *
file_purpose_find(const struct file_purpose *table, const char *name)
{
    for (; table->name; table++)
        if (strcmp(table->name, name) == 0)
            return table;
    return NULL;
}

static void
read_row(struct arena *arena, struct db_rows *row, struct stored_file *file)
{
    struct slice sha256 = db_bytes(row, 0, "sha256");

    *file = (struct stored_file){ .id = db_id(row, 0, "id"),
                                  .account = db_id(row, 0, "account_id"),
                                  .name = db_text(row, 0, "name"),
                                  .purpose = db_text(row, 0, "purpose"),
                                  .media_type = db_text(row, 0, "media_type"),
                                  .size = db_i64(row, 0, "size"),
                                  .whole = strcmp(db_text(row, 0, "state"), "whole") == 0,
                                  .created_at = db_instant(row, 0, "created_at") };
    if (sha256.size == SEAL_HASH) {
        char *hex = arena_alloc(arena, 2 * SEAL_HASH + 1);

        seal_hex_format((const uint8_t *)sha256.data, SEAL_HASH, hex);
        file->sha256 = hex;
    }
}

/* --- chunks ------------------------------------------------------------------------------------------------------- */

static struct slice
bound_to(struct arena *arena, const struct id *file, int64_t no)
{
    char id[ID_SIZE];

    id_format(file, id);
    return slice_of(arena_printf(arena, "file|chunk|%s|%lld", id, (long long)no));
}

const struct db_statement sql_file_chunk_find = {
    "file_chunk_find",
    "SELECT bytes FROM file_chunk WHERE file_id = $1 AND no = $2",
};

static status_t
read_chunk(const struct file_store *store, const struct id *id, int64_t no, struct slice *ret_chunk)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, id);
    db_arg_i64(&args, no);
    st = db_query_row(store->db, store->arena, &sql_file_chunk_find, &args, &row);
    if (st)
        return st;
    if (seal_open(store->arena, store->ring, db_bytes(row, 0, "bytes"), bound_to(store->arena, id, no), ret_chunk))
        return db_rows_status(row);
    return status_detail(store->arena, PROBLEM_INTERNAL, "a sealed file does not open with these keys");
}

const struct db_statement sql_file_chunk_add = {
    "file_chunk_add",
    "INSERT INTO file_chunk (file_id, no, bytes) VALUES ($1, $2, $3)",
};

const struct db_statement sql_file_grow = {
    "file_grow",
    "UPDATE file SET size = $2 WHERE id = $1",
};

static status_t
add_chunk(const struct file_store *store, const struct file_piece *piece, struct stored_file *file)
{
    int64_t no = piece->offset / (int64_t)FILE_CHUNK;
    struct db_args chunk = { 0 };
    struct db_args size = { 0 };

    if (piece->data.size == 0)
        return OK;
    db_arg_id(&chunk, &piece->id);
    db_arg_i64(&chunk, no);
    db_arg_bytes(&chunk, seal_close(store->arena, store->ring, piece->data, bound_to(store->arena, &piece->id, no)));
    db_queue(store->db, &sql_file_chunk_add, &chunk);
    file->size += (int64_t)piece->data.size;
    db_arg_id(&size, &piece->id);
    db_arg_i64(&size, file->size);
    db_queue(store->db, &sql_file_grow, &size);
    return db_flush(store->db, store->arena);
}

/* --- the end of a file -------------------------------------------------------------------------------------------- */

/* Type and checksum of the whole, read chunk by chunk. */
static status_t
look_through(const struct file_store *store, const struct stored_file *file, struct media_sniffer *sniffer,
             uint8_t ret_sha256[SEAL_HASH])
{
    struct file_store scratch = *store;
    struct seal_digest digest;
    status_t st = OK;

    scratch.arena = arena_new(SCRATCH_LIMIT);
    seal_digest_begin(&digest);
    for (int64_t no = 0; !st && no * (int64_t)FILE_CHUNK < file->size; no++) {
        struct slice chunk;

        arena_reset(scratch.arena);
        st = read_chunk(&scratch, &file->id, no, &chunk);
        if (st)
            break;
        media_sniff(sniffer, chunk);
        seal_digest_add(&digest, chunk);
    }
    if (st) /* what it says lives in the scratch arena */
        st = arena_copy(store->arena, &(struct status){ .problem = st->problem }, sizeof *st);
    arena_free(scratch.arena);
    seal_digest_end(&digest, ret_sha256);
    return st;
}

const struct db_statement sql_file_finish = {
    "file_finish",
    "UPDATE file f SET state = 'whole', media_type = $2, sha256 = $3 WHERE f.id = $1 RETURNING " FILE_COLUMNS,
};

static status_t
finish(const struct file_store *store, const struct file_purpose *purpose, struct stored_file *file)
{
    struct media_sniffer sniffer = { 0 };
    uint8_t *sha256 = arena_alloc(store->arena, SEAL_HASH);
    struct db_args args = { 0 };
    enum media_type type;
    struct db_rows *row;
    status_t st = look_through(store, file, &sniffer, sha256);

    if (st)
        return st;
    type = media_sniffed(&sniffer);
    if (!(purpose->types & MEDIA_BIT(type)) || type == MEDIA_UNKNOWN)
        return status_plain(PROBLEM_MEDIA_TYPE);
    db_arg_id(&args, &file->id);
    db_arg_text(&args, media_type_name(type));
    db_arg_bytes(&args, slice_make(sha256, SEAL_HASH));
    st = db_query_row(store->db, store->arena, &sql_file_finish, &args, &row);
    if (st)
        return st;
    read_row(store->arena, row, file);
    return db_rows_status(row);
}

/* --- one piece ---------------------------------------------------------------------------------------------------- */

const struct db_statement sql_file_begin = {
    "file_begin",
    "INSERT INTO file (id, account_id, organization_id, purpose, name, state, created_at, delete_after)"
    " VALUES ($1, $2, $3, $4, $5, 'writing', $6, $7)"
    " ON CONFLICT (id) DO NOTHING",
};

static void
begin(const struct file_store *store, const struct file_piece *piece)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &piece->id);
    db_arg_id(&args, &piece->account);
    db_arg_id(&args, &piece->organization);
    db_arg_text(&args, piece->purpose->name);
    db_arg_text(&args, piece->name);
    db_arg_instant(&args, store->now);
    db_arg_instant(&args, store->now + piece->purpose->kept_days * DAY);
    db_queue(store->db, &sql_file_begin, &args);
}

/* Two uploads at once may pass the quota together by a chunk each, which is nothing. */
const struct db_statement sql_file_lock = {
    "file_lock",
    "SELECT " FILE_COLUMNS ","
    "       (SELECT coalesce(sum(o.size), 0)::bigint FROM file o"
    "         WHERE o.account_id = f.account_id AND o.delete_after IS NOT NULL) AS used"
    "  FROM file f WHERE f.id = $1 AND f.account_id = $2 FOR UPDATE OF f",
};

/* The bytes of a piece that is there already. */
static status_t
compare(const struct file_store *store, const struct file_piece *piece, const struct stored_file *file)
{
    int64_t end = piece->offset + (int64_t)piece->data.size;
    struct slice chunk = { .data = "" };
    status_t st = OK;

    if (end > file->size || (piece->last && end < file->size))
        return status_plain(PROBLEM_FILE_DIFFERS);
    if (piece->data.size)
        st = read_chunk(store, &piece->id, piece->offset / (int64_t)FILE_CHUNK, &chunk);
    if (st)
        return st;
    return slice_equal(chunk, piece->data) ? OK : status_plain(PROBLEM_FILE_DIFFERS);
}

static status_t
judge_growth(const struct file_store *store, const struct file_piece *piece, const struct stored_file *file,
             int64_t used)
{
    int64_t more = (int64_t)piece->data.size;

    if (piece->offset > file->size)
        return status_detail(store->arena, PROBLEM_FILE_GAP, "%lld", (long long)file->size);
    if (file->size + more > piece->purpose->size_most)
        return status_detail(store->arena, PROBLEM_TOO_LARGE, "%lld", (long long)piece->purpose->size_most);
    if (piece->quota && used + more > piece->quota)
        return status_detail(store->arena, PROBLEM_FILE_QUOTA, "%lld", (long long)piece->quota);
    return OK;
}

static status_t
judge_shape(const struct file_store *store, const struct file_piece *piece)
{
    if (piece->offset % (int64_t)FILE_CHUNK)
        return status_field(store->arena, PROBLEM_BAD_VALUE, "/offset");
    if (piece->data.size > FILE_CHUNK)
        return status_field(store->arena, PROBLEM_TOO_LONG, "/data");
    if (!piece->last && piece->data.size < FILE_CHUNK)
        return status_field(store->arena, PROBLEM_TOO_SHORT, "/data");
    return OK;
}

static status_t
lock(const struct file_store *store, const struct file_piece *piece, struct stored_file *file, int64_t *ret_used)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, &piece->id);
    db_arg_id(&args, &piece->account);
    st = db_query_row(store->db, store->arena, &sql_file_lock, &args, &row);
    if (st)
        return st;
    read_row(store->arena, row, file);
    *ret_used = db_i64(row, 0, "used");
    if (strcmp(file->name, piece->name) != 0 || strcmp(file->purpose, piece->purpose->name) != 0)
        return status_plain(PROBLEM_FILE_DIFFERS);
    return db_rows_status(row);
}

status_t
file_put(const struct file_store *store, const struct file_piece *piece, struct stored_file *ret_file)
{
    int64_t used = 0;
    status_t st = judge_shape(store, piece);

    if (st)
        return st;
    if (piece->offset == 0)
        begin(store, piece);
    st = lock(store, piece, ret_file, &used);
    if (st)
        return st;
    if (ret_file->whole || piece->offset < ret_file->size)
        st = compare(store, piece, ret_file);
    else
        st = judge_growth(store, piece, ret_file, used);
    if (!st && !ret_file->whole && piece->offset == ret_file->size)
        st = add_chunk(store, piece, ret_file);
    if (!st && piece->last && !ret_file->whole)
        st = finish(store, piece->purpose, ret_file);
    return st;
}

/* --- reading and ending ------------------------------------------------------------------------------------------- */

const struct db_statement sql_file_find = {
    "file_find",
    "SELECT " FILE_COLUMNS " FROM file f WHERE f.id = $1",
};

status_t
file_find(const struct file_store *store, const struct id *id, struct stored_file *ret_file)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, id);
    st = db_query_row(store->db, store->arena, &sql_file_find, &args, &row);
    if (st)
        return st;
    read_row(store->arena, row, ret_file);
    return db_rows_status(row);
}

status_t
file_read(const struct file_store *store, const struct id *id, int64_t offset, struct slice *ret_bytes)
{
    size_t within = (size_t)(offset % (int64_t)FILE_CHUNK);
    struct slice chunk;
    status_t st = read_chunk(store, id, offset / (int64_t)FILE_CHUNK, &chunk);

    *ret_bytes = slice_of("");
    if (status_is(st, PROBLEM_NOT_FOUND))
        return OK;
    if (!st && within < chunk.size)
        *ret_bytes = slice_make(chunk.data + within, chunk.size - within);
    return st;
}

const struct db_statement sql_file_keep = {
    "file_keep",
    "UPDATE file SET delete_after = NULL WHERE id = $1",
};

void
file_keep(const struct file_store *store, const struct id *id)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    db_queue(store->db, &sql_file_keep, &args);
}

/* Chunks go with their file. One that somebody writes just now is left for the next time. */
const struct db_statement sql_file_expire = {
    "file_expire",
    "DELETE FROM file WHERE id IN (SELECT id FROM file WHERE delete_after < $1 ORDER BY delete_after LIMIT $2"
    "                              FOR UPDATE SKIP LOCKED)"
    " RETURNING id",
};

status_t
file_expire(const struct file_store *store, int64_t *ret_removed)
{
    struct db_args args = { 0 };
    struct db_rows *rows;
    status_t st;

    db_arg_instant(&args, store->now);
    db_arg_i64(&args, EXPIRE_BATCH);
    st = db_query(store->db, store->arena, &sql_file_expire, &args, &rows);
    *ret_removed = st ? 0 : db_count(rows);
    return st;
}
