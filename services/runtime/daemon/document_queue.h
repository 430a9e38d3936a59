/* SPDX-License-Identifier: Apache-2.0 */
/* Documents asked for (rpc/document_job.h) become files, one at a time in a process, a bounded step at a time, so that
 * other jobs have their turn. Each step is told in the row, which renews the claim and sees a cancel. What is made
 * lives in the process: a document whose process died is begun anew by another one, and given up when that keeps
 * happening.
 *
 * A kind of document is a row of callbacks; a service's job is a function that calls document_queue_step with its
 * queue. The jobs thread. */
#ifndef LIANGXIN_DAEMON_DOCUMENT_QUEUE_H
#define LIANGXIN_DAEMON_DOCUMENT_QUEUE_H

#include <protobuf-c/protobuf-c.h>

#include "daemon/daemon.h"
#include "rpc/file_writer.h"

struct document_kind;

/* What is worked on. It lives in the work's arena. */
struct document_claim {
    struct id id;
    struct id worker; /* whose claim it is: another one may take over after a while */
    struct actor actor;
    struct id request;
    const struct document_kind *kind;
    ProtobufCMessage *wish;
    date_t asked_on;
};

struct document_progress {
    int64_t total; /* 0: not known */
    int64_t done;
    bool last; /* all is in */
};

/* `work` is what begin made. Steps run within a transaction of the queue's; `job->arena` lasts as long as the step. */
struct document_kind {
    const char *name; /* of its rows, and the object of its audit rows: "export" */
    const ProtobufCMessageDescriptor *wish;
    /* Begins, in `arena`, which lives as long as the work. */
    status_t (*begin)(struct job_context *job, const struct document_claim *claim, struct arena *arena,
                      void **ret_work);
    /* Adds a piece; `progress` is as the step before left it. */
    status_t (*add)(struct job_context *job, void *work, struct document_progress *progress);
    /* Nothing more will come: sets the file's name and purpose. A failure is the document's and not the job's. */
    status_t (*close)(struct job_context *job, void *work, struct file_piece *piece);
    /* Puts the bytes. */
    status_t (*pour)(struct job_context *job, void *work, struct file_writer *writer);
    /* Frees what the arena does not. */
    void (*drop)(void *work);
};

struct document_at_work;

struct document_queue {
    const struct document_kind *const *kinds;           /* ends with NULL */
    const struct seal_ring *(*ring)(const void *state); /* what files are sealed with */
    struct document_at_work *at_work;                   /* NULL: none; the jobs thread's */
};

/* Takes a document on, or adds to the one at work, or ends it. */
status_t document_queue_step(struct document_queue *queue, struct job_context *job, bool *ret_more);
/* A job's step: removes files whose days are over, and long after them what is known of documents. */
status_t document_sweep(struct job_context *job, bool *ret_more);

extern const struct db_statement sql_document_job_claim, sql_document_job_advance, sql_document_job_succeeded,
    sql_document_job_failed, sql_document_job_forget;

#endif
