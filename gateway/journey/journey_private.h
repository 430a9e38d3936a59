/* SPDX-License-Identifier: Apache-2.0 */
/* What the journey*.c files share: the stations of a request, in the order in which it passes them. */
#ifndef LIANGXIN_GATEWAY_JOURNEY_PRIVATE_H
#define LIANGXIN_GATEWAY_JOURNEY_PRIVATE_H

#include "gateway/journey/journey.h"

/* journey_who.c: finds out who asks and charges them; then journey_go_on. */
void journey_ask_session(struct journey *journey);
void journey_ask_nobody(struct journey *journey);
/* For one more piece of a file: a token that is still good, without another charge; then journey_send. */
void journey_ask_again(struct journey *journey);

/* journey_call.c: reads the conditions; before anybody is asked. */
status_t journey_prepare_call(struct journey *journey);
/* Whoever the request is counted for is known, or `st` says why not: it becomes a call. */
void journey_go_on(struct journey *journey, status_t st, struct slice token);
/* Sends the call, of a whole request or of a piece. */
void journey_send(struct journey *journey, status_t st, struct slice token);

/* journey_file.c: whether the method carries a file. */
bool journey_is_file(const struct journey *journey);
/* Takes one of the places for files. */
status_t journey_open_file(struct journey *journey);
/* Gives it back; nothing when there is none. */
void journey_close_file(struct journey *journey);
/* The call about a piece has ended. */
void journey_piece_answered(struct journey *journey, status_t st, ProtobufCMessage *reply);

/* journey_page.c: answers with a page of the console; false when the request is for none. */
bool journey_serve_page(struct journey *journey);

/* journey_stream.c: the answer goes on by itself, when whoever asks may have it. */
void journey_open_stream(struct journey *journey, struct slice token);

/* journey_answer.c: the response is complete. */
void journey_arrive(struct journey *journey, int http);
void journey_arrive_with_reply(struct journey *journey, ProtobufCMessage *reply);
void journey_arrive_with_problem(struct journey *journey, int http, status_t st);
void journey_fail(struct journey *journey, status_t st);

#endif
