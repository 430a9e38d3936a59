/* SPDX-License-Identifier: Apache-2.0 */
/* A file on its way through, a call for each piece. Up: the connection gathers a piece, it goes, the next is wanted.
 * Down: a piece comes, the connection writes it, the next is asked for. So never more than two pieces of a connection
 * are in memory. Loop thread; owns the passages. */
#include <stdlib.h>

#include "base/check.h"
#include "gateway/transcode/field.h"
#include "gateway/http/file_head.h"
#include "gateway/journey/journey_private.h"
#include "gateway/meters.h"
#include "io/clock.h"
#include "base/banned.h"

#define PIECE_ARENA ((size_t)4 * 1024 * 1024) /* bytes for a message with a piece in it, twice */
#define SIZE_LIMIT  (INT64_C(1) << 40)        /* bytes of a file that anybody believes in */

bool
journey_is_file(const struct journey *journey)
{
    return journey->match.entry && (journey->match.entry->upload || journey->match.entry->download);
}

bool
journey_is_upload(const struct journey *journey)
{
    return journey->match.entry && journey->match.entry->upload;
}

status_t
journey_open_file(struct journey *journey)
{
    struct journey_context *context = journey->context;
    const struct request *request = &journey->request;

    if (context->n_files >= context->files_limit) {
        metric_add(&meter_files_refused, NULL, 1);
        journey->response.retry_after_s = 1;
        return status_plain(PROBLEM_UNAVAILABLE);
    }
    journey->passage = calloc(1, sizeof *journey->passage);
    CHECK(journey->passage != NULL);
    journey->passage->arena = arena_new(PIECE_ARENA);
    journey->passage->until_ms = clock_ms() + context->file_timeout_ms;
    journey->call.arena = journey->passage->arena;
    metric_set(&meter_files, NULL, (int64_t)++context->n_files);
    if (!journey_is_upload(journey))
        return OK;
    journey->upload = malloc(sizeof *journey->upload);
    CHECK(journey->upload != NULL);
    upload_begin(journey->upload, request->chunked, request->chunked ? context->file_limit : request->content_length);
    return OK;
}

static const char *
outcome_of(const struct journey *journey)
{
    if (!journey->passage->over)
        return "broken";
    return journey->upload ? "received" : "sent";
}

void
journey_close_file(struct journey *journey)
{
    if (!journey->passage)
        return;
    metric_add(&meter_files_ended, outcome_of(journey), 1);
    metric_set(&meter_files, NULL, (int64_t)--journey->context->n_files);
    arena_free(journey->passage->arena);
    free(journey->passage);
    free(journey->upload);
    journey->passage = NULL;
    journey->upload = NULL;
}

/* The head of a download may have gone already: then there is nothing left to say. */
static void
give_up(struct journey *journey, status_t st)
{
    if (journey->passage->offset && !journey->upload)
        journey->calls->broken(journey);
    else
        journey_fail(journey, st);
}

bool
journey_is_late(const struct journey *journey)
{
    return journey->passage && clock_ms() > journey->passage->until_ms;
}

/* What the last piece took has gone; the token may have grown old. */
static void
ask_piece(struct journey *journey)
{
    arena_reset(journey->passage->arena);
    if (journey_is_late(journey))
        give_up(journey, status_plain(PROBLEM_TIMEOUT));
    else
        journey_ask_again(journey);
}

void
journey_take_piece(struct journey *journey)
{
    struct request *request = &journey->request;

    request->body = upload_piece(journey->upload, &request->last);
    request->offset = (int64_t)journey->upload->offset;
    ask_piece(journey);
}

void
journey_refuse_piece(struct journey *journey, enum upload_verdict verdict)
{
    bool is_long = verdict == UPLOAD_TOO_LONG;

    metric_add(&meter_heads_refused, is_long ? "body-too-long" : "chunks", 1);
    journey_fail(journey, status_plain(is_long ? PROBLEM_TOO_LARGE : PROBLEM_MALFORMED));
}

bool
journey_has_all(const struct journey *journey)
{
    return journey->upload && journey->passage->over && !journey->upload->is_chunked;
}

static void
piece_went(struct journey *journey, ProtobufCMessage *reply)
{
    metric_add(&meter_file_bytes, "in", (int64_t)journey->request.body.size);
    upload_gone(journey->upload);
    if (!journey->request.last) {
        journey->calls->wanted(journey);
        return;
    }
    journey->passage->over = true;
    journey_arrive_with_reply(journey, reply);
}

/* The field of a piece that the generator has made sure of. */
static const char *
text_of(const ProtobufCMessage *reply, const ProtobufCFieldDescriptor *field)
{
    return *(const char *const *)field_value(reply, field);
}

/* A file that changes its size under way, or stops growing, is none. */
static bool
is_fitting(const struct passage *passage, int64_t size, size_t piece)
{
    if (size < 0 || size > SIZE_LIMIT || (passage->offset && size != passage->size))
        return false;
    return (int64_t)piece <= size - passage->offset && (piece || size == 0);
}

static void
begin_answer(struct journey *journey, const ProtobufCMessage *reply)
{
    const struct file_fields *fields = journey->match.entry->download;
    struct response *response = &journey->response;

    response->content_type = file_media_type(text_of(reply, fields->media_type));
    response->disposition = file_disposition(journey->arena, text_of(reply, fields->file_name));
    response->file_size = journey->passage->size;
    response->no_store = journey->match.entry->route->no_store;
    journey_arrive(journey, 200);
}

static void
piece_came(struct journey *journey, const ProtobufCMessage *reply)
{
    const struct file_fields *fields = journey->match.entry->download;
    const ProtobufCBinaryData *data = field_value(reply, fields->data);
    struct passage *passage = journey->passage;
    int64_t size = *(const int64_t *)field_value(reply, fields->size);
    bool first = passage->offset == 0;

    if (!is_fitting(passage, size, data->len)) {
        give_up(journey, status_plain(PROBLEM_INTERNAL));
        return;
    }
    passage->size = size;
    passage->offset += (int64_t)data->len;
    passage->over = passage->offset == size;
    journey->response.body = slice_make(data->data, data->len);
    metric_add(&meter_file_bytes, "out", (int64_t)data->len);
    if (first)
        begin_answer(journey, reply);
    else
        journey->calls->passed(journey);
}

bool
journey_has_more(const struct journey *journey)
{
    return journey->passage && !journey->upload && journey->passage->offset && !journey->passage->over;
}

void
journey_next_piece(struct journey *journey)
{
    journey->request.offset = journey->passage->offset;
    ask_piece(journey);
}

void
journey_piece_answered(struct journey *journey, status_t st, ProtobufCMessage *reply)
{
    if (st)
        give_up(journey, st);
    else if (journey->upload)
        piece_went(journey, reply);
    else
        piece_came(journey, reply);
}
