/* SPDX-License-Identifier: Apache-2.0 */
/* What the service makes as documents (daemon/document_queue.h): printed batches (批量打印) and letters as a table. */
#ifndef LIANGXIN_TRANSFERS_DOCUMENTS_H
#define LIANGXIN_TRANSFERS_DOCUMENTS_H

#include "daemon/document_queue.h"
#include "transfers/transfers.h"

extern const struct document_kind paper_batch_kind;   /* paper/job_papers.c; of CreatePaperBatchRequest, without ids */
extern const struct document_kind letter_export_kind; /* exports/job_letter_exports.c; of CreateLetterExportRequest */

extern const struct file_purpose paper_purpose;         /* PDF, kept for a week */
extern const struct file_purpose letter_export_purpose; /* a table, likewise */

status_t job_documents(struct job_context *job, bool *ret_more);
/* Bytes of one's own document from an offset. NOT_FOUND before it is made and when it is gone. */
status_t document_content(struct call *call, const struct document_kind *kind, const char *id, int64_t offset,
                          PaperContent *out);

#endif
