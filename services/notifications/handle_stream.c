/* SPDX-License-Identifier: Apache-2.0 */
/* The gateway's question for all its streams. On the worker's thread. */
#include "notifications/stream.h"
#include "base/banned.h"

status_t
handle_read_stream(struct call *call, const ReadStreamRequest *in, ReadStreamReply *out)
{
    return stream_read(call, in, out);
}
