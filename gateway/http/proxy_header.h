/* SPDX-License-Identifier: Apache-2.0 */
/* PROXY protocol, version 2: what a TLS terminator in TCP mode says of the client before the client's first byte. Only
 * the binary form; its additional fields are skipped. Pure. */
#ifndef LIANGXIN_GATEWAY_PROXY_HEADER_H
#define LIANGXIN_GATEWAY_PROXY_HEADER_H

#include <stddef.h>

#include "gateway/http/address.h"

#define PROXY_HEADER_LIMIT 1024 /* bytes; HAProxy sends 28 to 200 */

enum proxy_verdict {
    PROXY_MORE, /* good so far, not whole */
    PROXY_GOOD,
    PROXY_BAD,
};

/* GOOD: the first `ret_size` bytes are the header. `address` is changed when it names a client: a terminator that
 * speaks for itself (LOCAL, a health check) leaves it. */
enum proxy_verdict proxy_header_read(struct slice bytes, size_t *ret_size, struct address *address);

#endif
