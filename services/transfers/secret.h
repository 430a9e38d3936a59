/* SPDX-License-Identifier: Apache-2.0 */
/* Sealed values of letter_content_history: 公民身份号码 and telephone number. */
#ifndef LIANGXIN_TRANSFERS_SECRET_H
#define LIANGXIN_TRANSFERS_SECRET_H

#include "transfers/transfers.h"

/* Opens `what` ("identity", "telephone") of a row with letter_id and <what>_sealed. The text is in `arena`; whoever is
 * done with it wipes `ret_secret`, its bytes. Both stay as they are where there is none. */
status_t letter_secret_open(struct arena *arena, const struct transfers_state *state, struct db_rows *rows, int row,
                            const char *what, struct slice *ret_secret, const char **ret_text);

#endif
