/* SPDX-License-Identifier: Apache-2.0 */
/* Superiors are told of terms that are over (job_terms.c). */
#ifndef LIANGXIN_ORGANIZATIONS_ORGANIZATIONS_JOB_TERMS_H
#define LIANGXIN_ORGANIZATIONS_ORGANIZATIONS_JOB_TERMS_H

#include "daemon/daemon.h"

status_t job_terms(struct job_context *job, bool *ret_more);

extern const struct db_statement sql_terms_note;

#endif
