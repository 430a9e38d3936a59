/* SPDX-License-Identifier: Apache-2.0 */
/* The header of the PROXY protocol, version 2: 12 bytes of signature, version and command, family and transport, two
 * bytes of length, addresses, additional fields. Pure; owns nothing. */
#include "gateway/http/proxy_header.h"

#include <string.h>

#include "base/banned.h"

#define FIXED      16
#define LOCAL      0x20
#define PROXY      0x21
#define TCP_OVER_4 0x11
#define TCP_OVER_6 0x21

static const uint8_t signature[12] = { 0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a };

static const struct {
    uint8_t family;
    size_t size; /* of both addresses and ports */
    struct address (*read)(const uint8_t *bytes);
} families[] = {
    { TCP_OVER_4, 12, address_ip4 },
    { TCP_OVER_6, 36, address_ip6 },
};

static enum proxy_verdict
read_client(const uint8_t *head, size_t size, struct address *address)
{
    if (head[12] == LOCAL)
        return PROXY_GOOD;
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (head[13] == families[i].family && size >= families[i].size) {
            *address = families[i].read(head + FIXED);
            return PROXY_GOOD;
        }
    return PROXY_BAD;
}

enum proxy_verdict
proxy_header_read(struct slice bytes, size_t *ret_size, struct address *address)
{
    const uint8_t *head = (const uint8_t *)bytes.data;
    size_t seen = bytes.size < sizeof signature ? bytes.size : sizeof signature;
    size_t size;

    if (seen && memcmp(head, signature, seen) != 0)
        return PROXY_BAD;
    if (bytes.size < FIXED)
        return PROXY_MORE;
    if (head[12] != LOCAL && head[12] != PROXY)
        return PROXY_BAD;
    size = (size_t)head[14] << 8 | head[15];
    if (FIXED + size > PROXY_HEADER_LIMIT)
        return PROXY_BAD;
    if (bytes.size < FIXED + size)
        return PROXY_MORE;
    *ret_size = FIXED + size;
    return read_client(head, size, address);
}
