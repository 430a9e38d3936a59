/* SPDX-License-Identifier: Apache-2.0 */
/* The files of the made-up service: pieces that must follow one another. The service's thread. */
#include "harness_private.h"
#include "base/check.h"

#define PIECE ((size_t)256 * 1024)

char
file_byte(size_t offset)
{
    return (char)('a' + (offset * 31 + offset / 257) % 26);
}

static bool
is_right(const FileRequest *request)
{
    for (size_t i = 0; i < request->data.len; i++)
        if ((char)request->data.data[i] != file_byte((size_t)request->offset + i))
            return false;
    return request->data.len <= PIECE && (request->last || request->data.len == PIECE);
}

void
service_put_file(const struct work *work, const ProtobufCMessage *message)
{
    const FileRequest *request = (const FileRequest *)(const void *)message;
    struct service *service = &work->rig->harness.service;
    Thing thing = LIANGXIN__SAMPLE__V1__THING__INIT;

    atomic_fetch_add(&service->pieces, 1);
    if (strcmp(request->id, "full") == 0 && request->offset) {
        service_answer(work, status_plain(PROBLEM_TOO_LARGE), NULL);
        return;
    }
    if (request->offset == 0)
        atomic_store(&service->file_size, 0);
    if (request->offset != atomic_load(&service->file_size) || !is_right(request))
        atomic_fetch_add(&service->file_faults, 1);
    atomic_fetch_add(&service->file_size, (int)request->data.len);
    if (request->last)
        atomic_fetch_add(&service->file_last, 1);
    thing.id = request->id;
    thing.name = request->title;
    thing.big = atomic_load(&service->file_size);
    if (strcmp(request->id, "held") == 0)
        service_keep(work);
    else
        service_answer(work, OK, &thing.base);
}

void
service_get_file(const struct work *work, const ProtobufCMessage *message)
{
    const FileRequest *request = (const FileRequest *)(const void *)message;
    FileReply reply = LIANGXIN__SAMPLE__V1__FILE_REPLY__INIT;
    size_t left = FILE_SIZE - (size_t)request->offset;

    atomic_fetch_add(&work->rig->harness.service.pieces, 1);
    CHECK(request->offset >= 0 && request->offset < FILE_SIZE);
    reply.data.len = left < PIECE ? left : PIECE;
    reply.data.data = arena_alloc(work->arena, reply.data.len);
    for (size_t i = 0; i < reply.data.len; i++)
        reply.data.data[i] = (uint8_t)file_byte((size_t)request->offset + i);
    reply.size = FILE_SIZE;
    reply.media_type = arena_text(work->arena, strcmp(request->id, "page") == 0 ? "text/html" : "text/csv");
    reply.file_name = arena_text(work->arena, "党员.csv");
    service_answer(work, strcmp(request->id, "torn") == 0 && request->offset ? status_plain(PROBLEM_NOT_FOUND) : OK,
                   &reply.base);
}
