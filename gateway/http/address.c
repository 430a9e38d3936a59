/* SPDX-License-Identifier: Apache-2.0 */
/* Client addresses. Pure; owns nothing. */
#include "gateway/http/address.h"

#include <netinet/in.h>
#include <string.h>

#include "base/banned.h"

#define NETWORK_BYTES 8 /* of an IPv6 address */

struct address
address_ip4(const uint8_t bytes[4])
{
    struct address address = { { [10] = 0xff, [11] = 0xff } };

    memcpy(address.bytes + 12, bytes, 4);
    return address;
}

static bool
is_mapped(const uint8_t bytes[16])
{
    static const uint8_t prefix[12] = { [10] = 0xff, [11] = 0xff };

    return memcmp(bytes, prefix, sizeof prefix) == 0;
}

struct address
address_ip6(const uint8_t bytes[16])
{
    struct address address = { { 0 } };

    if (is_mapped(bytes))
        return address_ip4(bytes + 12);
    memcpy(address.bytes, bytes, NETWORK_BYTES);
    return address;
}

struct address
address_of(const struct sockaddr *socket_address)
{
    if (socket_address->sa_family == AF_INET)
        return address_ip4((const uint8_t *)&((const struct sockaddr_in *)(const void *)socket_address)->sin_addr);
    if (socket_address->sa_family == AF_INET6)
        return address_ip6((const uint8_t *)&((const struct sockaddr_in6 *)(const void *)socket_address)->sin6_addr);
    return (struct address){ { 0 } };
}

struct slice
address_slice(const struct address *address)
{
    return slice_make(address->bytes, ADDRESS_BYTES);
}
