/* SPDX-License-Identifier: Apache-2.0 */
/* Slips for the first log-in (首次登录凭条), eight to an A4 page, to be cut and handed over in person. One page of HTML
 * without a script, a link or a picture. Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_ACCOUNTS_SLIP_H
#define LIANGXIN_ORGANIZATIONS_ACCOUNTS_SLIP_H

#include "base/strbuf.h"

struct slip {
    const char *organization;
    const char *title;  /* of the post */
    const char *person; /* "" when nobody is named */
    const char *account;
    const char *code;
    const char *until; /* of the code, "2026-11-28 09:00" */
};

/* Together they append a whole document. */
void slips_open(struct strbuf *page);
void slips_add(struct strbuf *page, const struct slip *slip);
void slips_close(struct strbuf *page);

#endif
