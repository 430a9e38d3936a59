/* SPDX-License-Identifier: Apache-2.0 */
/* Where a client is, for rate limits only; never logged. Pure. */
#ifndef LIANGXIN_GATEWAY_ADDRESS_H
#define LIANGXIN_GATEWAY_ADDRESS_H

#include <stdint.h>
#include <sys/socket.h>

#include "base/slice.h"

#define ADDRESS_BYTES 16

/* An IPv6 address without its lower half, which its owner chooses freely; IPv4 as ::ffff:a.b.c.d. Zero: unknown. */
struct address {
    uint8_t bytes[ADDRESS_BYTES];
};

struct address address_ip4(const uint8_t bytes[4]);
struct address address_ip6(const uint8_t bytes[16]);
/* Zero for families we do not know. */
struct address address_of(const struct sockaddr *socket_address);
struct slice address_slice(const struct address *address);

#endif
