/* SPDX-License-Identifier: Apache-2.0 */
/* The job that makes exports of ledgers: a kind of document (daemon/document_queue.h). */
#ifndef LIANGXIN_ORGANIZATIONS_EXPORTS_JOB_EXPORTS_H
#define LIANGXIN_ORGANIZATIONS_EXPORTS_JOB_EXPORTS_H

#include "daemon/daemon.h"

#define EXPORT_KIND "export" /* of its rows in document_job */

status_t job_exports(struct job_context *job, bool *ret_more);

#endif
