/* SPDX-License-Identifier: Apache-2.0 */
/* A file made by a job, in pieces of any size: cut into chunks and put through rpc/file_store.h. The whole file is one
 * transaction of the caller's, so that a file is there or is not. */
#ifndef LIANGXIN_RPC_FILE_WRITER_H
#define LIANGXIN_RPC_FILE_WRITER_H

#include "rpc/file_store.h"

struct file_writer {
    struct file_store store; /* its arena is the writer's own, reset with every chunk */
    struct file_piece piece; /* the next one */
    struct arena *arena;     /* the caller's: what a failure says lives there */
    size_t filled;           /* bytes in `chunk` */
    char *chunk;             /* FILE_CHUNK bytes */
    struct stored_file file;
    status_t failed; /* the first failure; later bytes are dropped */
};

/* `piece` names the file, its purpose and its owner; end it with file_writer_done. */
void file_writer_open(struct file_writer *writer, const struct file_store *store, const struct file_piece *piece);
void file_writer_add(struct file_writer *writer, struct slice bytes);
/* Puts what is left and finishes the file. Texts of `ret_file` live until file_writer_done; a failure, which says its
 * problem alone, lives in the store's arena. */
status_t file_writer_close(struct file_writer *writer, struct stored_file *ret_file);
/* Frees the writer's memory, whatever happened. */
void file_writer_done(struct file_writer *writer);

#endif
