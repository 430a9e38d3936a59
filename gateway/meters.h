/* SPDX-License-Identifier: Apache-2.0 */
/* The gateway's metrics, one row each. A limit that a client can meet has a row here. */
#ifndef LIANGXIN_GATEWAY_METERS_H
#define LIANGXIN_GATEWAY_METERS_H

#include "io/metrics.h"

/* name, title, kind, label, prose */
#define METERS(X)                                                                                                      \
    X(requests, "liangxin_gateway_requests_total", COUNTER, "status", "Requests answered, by HTTP status.")            \
    X(seconds, "liangxin_gateway_request_seconds", HISTOGRAM, "service",                                               \
      "Time from the end of a request to its answer, by the service that answered; \"gateway\" when none was asked.")  \
    X(connections, "liangxin_gateway_connections", GAUGE, NULL, "Connections open now.")                               \
    X(connections_refused, "liangxin_gateway_connections_refused_total", COUNTER, NULL,                                \
      "Connections turned away with 503 because LIANGXIN_CONNECTIONS_LIMIT was reached.")                              \
    X(heads_refused, "liangxin_gateway_heads_refused_total", COUNTER, "reason",                                        \
      "Requests refused before they were parsed: hostile or oversize heads and bodies.")                               \
    X(timeouts, "liangxin_gateway_timeouts_total", COUNTER, "waiting_for",                                             \
      "Connections closed because the client was too slow: head, body, idle, write.")                                  \
    X(buffer_full, "liangxin_gateway_buffer_full_total", COUNTER, NULL,                                                \
      "Times reading stopped because a client sent more while its request was in work.")                               \
    X(limited, "liangxin_gateway_limited_total", COUNTER, "policy",                                                    \
      "Requests answered 429 by a rate limit: account (LIANGXIN_RATE_ACCOUNT), address (_ADDRESS), open (_OPEN), "     \
      "guess (_GUESS).")                                                                                               \
    X(guesses, "liangxin_gateway_guesses_total", COUNTER, NULL,                                                        \
      "Requests without an account that named nothing there is, such as a letter's check code. Many of them are "      \
      "somebody who tries codes.")                                                                                     \
    X(proxies_refused, "liangxin_gateway_proxies_refused_total", COUNTER, NULL,                                        \
      "Connections to LIANGXIN_PROXY_BIND closed because they did not begin with a good PROXY header.")                \
    X(answers_too_large, "liangxin_gateway_answers_too_large_total", COUNTER, NULL,                                    \
      "Answers given up because their JSON passed LIANGXIN_ANSWER_LIMIT.")                                             \
    X(files, "liangxin_gateway_files", GAUGE, NULL, "Files under way now, up or down.")                                \
    X(files_ended, "liangxin_gateway_files_total", COUNTER, "outcome",                                                 \
      "Files: received and sent as a whole, or broken: refused, given up by the client, failed on the way.")           \
    X(files_refused, "liangxin_gateway_files_refused_total", COUNTER, NULL,                                            \
      "Files answered 503 because LIANGXIN_HTTP_FILES_LIMIT was reached.")                                             \
    X(file_bytes, "liangxin_gateway_file_bytes_total", COUNTER, "direction", "Bytes of files, in and out.")            \
    X(calls, "liangxin_gateway_calls", GAUGE, NULL, "Calls to services in flight now.")                                \
    X(calls_failed, "liangxin_gateway_calls_failed_total", COUNTER, "reason",                                          \
      "Calls without an answer: no-instance, deadline, limit (LIANGXIN_CALLS_LIMIT), malformed.")                      \
    X(calls_repeated, "liangxin_gateway_calls_repeated_total", COUNTER, NULL,                                          \
      "Reads sent to a second instance because the first was silent for half of the time.")                            \
    X(answers_late, "liangxin_gateway_answers_late_total", COUNTER, NULL,                                              \
      "Answers that came after their call had ended; dropped.")                                                        \
    X(streams, "liangxin_gateway_streams", GAUGE, NULL, "Event streams open now.")                                     \
    X(streams_refused, "liangxin_gateway_streams_refused_total", COUNTER, "limit",                                     \
      "Event streams answered 429: process (LIANGXIN_STREAMS_LIMIT), account (LIANGXIN_STREAMS_ACCOUNT_LIMIT).")       \
    X(streams_ended, "liangxin_gateway_streams_ended_total", COUNTER, "reason",                                        \
      "Event streams we ended: slow (LIANGXIN_STREAM_BACKLOG), session (logged out, locked, or nobody could tell).")   \
    X(stream_failures, "liangxin_gateway_stream_failures_total", COUNTER, NULL,                                        \
      "Times notifications did not tell what changed; streams stand still meanwhile and miss nothing.")                \
    X(sessions, "liangxin_gateway_sessions", GAUGE, NULL, "Log-ins remembered now.")                                   \
    X(sessions_dropped, "liangxin_gateway_sessions_dropped_total", COUNTER, NULL,                                      \
      "Log-ins forgotten early because LIANGXIN_SESSIONS_LIMIT was reached; they are asked for again.")

#define X(name, title, kind, label, prose) extern struct metric meter_##name;
METERS(X)
#undef X

/* Makes all of them visible. Once, at start. */
void meters_register(void);

#endif
