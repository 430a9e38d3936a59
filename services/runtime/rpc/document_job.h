/* SPDX-License-Identifier: Apache-2.0 */
/* Documents that take longer than a call (exports, printed batches): asked for, looked at, listed, cancelled. They are
 * rows of document_job (migrations/shared/007_document_jobs.sql); who makes them is daemon/document_queue.h. A document
 * is its owner's alone. On the worker's thread, in the call's transaction; all lives in the call's arena. */
#ifndef LIANGXIN_RPC_DOCUMENT_JOB_H
#define LIANGXIN_RPC_DOCUMENT_JOB_H

#include <protobuf-c/protobuf-c.h>

#include "rpc/call.h"

/* In the order of the wire's enums. */
enum document_state {
    DOCUMENT_QUEUED = 1, /* 排队 */
    DOCUMENT_RUNNING,    /* 进行中 */
    DOCUMENT_SUCCEEDED,  /* 已完成 */
    DOCUMENT_FAILED,     /* 失败 */
    DOCUMENT_CANCELLED,  /* 已取消 */
};

/* As an answer needs it: texts are never NULL. */
struct document_job {
    ProtobufCMessage *wish; /* the request that asked for it */
    enum document_state state;
    int64_t total; /* rows or sheets; 0: not counted yet */
    int64_t done;
    char *id;
    char *file_id; /* empty: no file yet, or not any more */
    char *file_name;
    char *problem; /* slug, when failed */
    char *created_at;
    char *expires_at; /* when the file goes; empty without one */
};

struct document_wish {
    const char *kind; /* a row of the service's table of documents */
    struct id id;     /* chosen by who asks */
    const ProtobufCMessage *request;
    int64_t total;      /* 0: counted later */
    const char *reason; /* of the audit row; or NULL */
};

/* Queues the document and its audit row, and wakes the jobs thread once that is committed. */
void document_job_ask(struct call *call, const struct document_wish *wish, struct document_job *ret_job);
/* NOT_FOUND unless it is one's own. `request` is the type of its wish. */
status_t document_job_find(struct call *call, const char *kind, const char *id,
                           const ProtobufCMessageDescriptor *request, struct document_job *ret_job);
/* Ends it where it is; one that is over stays as it is. */
status_t document_job_cancel(struct call *call, const char *kind, const char *id,
                             const ProtobufCMessageDescriptor *request, struct document_job *ret_job);
/* One's own, newest first, those before an id (NULL: from the newest). */
status_t
document_job_list(struct call *call, const char *kind, const char *before, int64_t limit,
                  const ProtobufCMessageDescriptor *request, struct document_job **ret_jobs, size_t *ret_count);

extern const struct db_statement sql_document_job_ask, sql_document_job_find, sql_document_job_cancel,
    sql_document_job_list;

#endif
