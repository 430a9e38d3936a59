/* SPDX-License-Identifier: Apache-2.0 */
/* Files (imports, exports, scans) as rows of 256-KiB chunks in the owner's schema (migrations/shared/003_files.sql), so
 * that they are part of its transactions and its backup. A file is written from its beginning, piece after piece, and
 * is whole once its last piece came; then it has a checksum and a type, told by its content. Chunks are sealed at rest,
 * each bound to its place: ledgers and scans name people.
 *
 * Who may read a file is not judged here: ask first, then file_read. Statements run on the caller's thread, in its
 * transaction. */
#ifndef LIANGXIN_RPC_FILE_STORE_H
#define LIANGXIN_RPC_FILE_STORE_H

#include "base/date.h"
#include "base/media_type.h"
#include "io/db.h"
#include "io/seal.h"

#define FILE_CHUNK      ((size_t)256 * 1024) /* bytes of a file in one row, before sealing */
#define FILE_NAME_LIMIT 200                  /* characters */

/* What files are for: a row of the service's table, which ends with .name == NULL. */
struct file_purpose {
    const char *name;  /* "document" */
    unsigned types;    /* MEDIA_BIT of what it may be */
    int64_t size_most; /* bytes */
    int64_t kept_days; /* from its beginning, unless file_keep is called */
};

/* One call or one step of a job. */
struct file_store {
    struct db *db;
    struct arena *arena;
    const struct seal_ring *ring;
    instant_t now;
};

struct file_piece {
    struct id id; /* of the file; chosen by whoever writes it */
    const char *name;
    const struct file_purpose *purpose;
    struct id account; /* the owner */
    struct id organization;
    int64_t quota;  /* bytes that the owner's files may have together, but those that are kept; 0: no limit */
    int64_t offset; /* a multiple of FILE_CHUNK */
    struct slice data;
    bool last; /* else: exactly FILE_CHUNK bytes */
};

struct stored_file {
    struct id id;
    struct id account;
    const char *name;
    const char *purpose;
    const char *media_type; /* NULL: not whole yet */
    const char *sha256;     /* hex; NULL: not whole yet */
    int64_t size;           /* bytes so far */
    bool whole;
    instant_t created_at;
};

/* Writes one piece. The same piece again changes nothing. FILE_DIFFERS when the file has other bytes there, another
 * name or purpose; FILE_GAP when bytes before it are missing, with the size so far in the detail; TOO_LARGE;
 * FILE_QUOTA; MEDIA_TYPE when the whole is not of a type the purpose takes; NOT_FOUND when the file is somebody else's.
 */
status_t file_put(const struct file_store *store, const struct file_piece *piece, struct stored_file *ret_file);
/* NOT_FOUND when there is none. */
status_t file_find(const struct file_store *store, const struct id *id, struct stored_file *ret_file);
/* From `offset` to the end of its chunk; empty at the end of the file. */
status_t file_read(const struct file_store *store, const struct id *id, int64_t offset, struct slice *ret_bytes);
/* Queues: the file stays for good, and does not count for its owner's quota any more. */
void file_keep(const struct file_store *store, const struct id *id);
/* Removes some files that are over. */
status_t file_expire(const struct file_store *store, int64_t *ret_removed);
/* NULL when the table has none of this name. */
const struct file_purpose *file_purpose_find(const struct file_purpose *table, const char *name);

extern const struct db_statement sql_file_begin;
extern const struct db_statement sql_file_lock;
extern const struct db_statement sql_file_find;
extern const struct db_statement sql_file_chunk_find;
extern const struct db_statement sql_file_chunk_add;
extern const struct db_statement sql_file_grow;
extern const struct db_statement sql_file_finish;
extern const struct db_statement sql_file_keep;
extern const struct db_statement sql_file_expire;

#endif
