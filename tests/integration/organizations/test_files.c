/* SPDX-License-Identifier: Apache-2.0 */
/* Files put in pieces and got back, with their limits. */
#include <liangxin/organizations/v1/organizations.facts.h>

#include "desk.h"
#include "io/clock.h"
#include "daemon/document_queue.h"

/* A paper of `size` bytes that do not repeat with the chunks. */
static struct slice
paper(struct desk *desk, size_t size)
{
    char *bytes = arena_alloc(desk->arena, size);

    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)(i * 31 + i / 7919);
    memcpy(bytes, "%PDF-1.7\n", size < 9 ? size : 9);
    return slice_make(bytes, size);
}

static const char *
new_id(struct desk *desk)
{
    char *text = arena_alloc(desk->arena, ID_SIZE);
    struct id id = clock_id();

    id_format(&id, text);
    return text;
}

static const char *
account_text(struct desk *desk)
{
    char *text = arena_alloc(desk->arena, ID_SIZE);

    id_format(&desk->actor.account, text);
    return text;
}

static PutFileRequest *
piece_of(struct desk *desk, const char *id, struct slice bytes, size_t offset)
{
    PutFileRequest *in = put_file_request_new(desk->arena);
    size_t left = offset < bytes.size ? bytes.size - offset : 0;

    in->id = wire_text(id);
    in->file_name = wire_text("批复.pdf");
    in->purpose = wire_text("document");
    in->offset = (int64_t)offset;
    in->data.len = left < FILE_CHUNK ? left : FILE_CHUNK;
    in->data.data = (uint8_t *)(uintptr_t)(bytes.data + offset);
    in->last = left <= FILE_CHUNK;
    return in;
}

static status_t
put_piece(struct desk *desk, const PutFileRequest *in, FileInfo **ret_info)
{
    ProtobufCMessage *out = NULL;
    status_t st = desk_call(desk, desk_method(&organizations_put_file), &in->base, 0, &out);

    *ret_info = (FileInfo *)out;
    return st;
}

static FileInfo *
put_whole(struct desk *desk, const char *id, struct slice bytes)
{
    FileInfo *info = NULL;

    for (size_t at = 0; at < bytes.size; at += FILE_CHUNK)
        assert_null(put_piece(desk, piece_of(desk, id, bytes, at), &info));
    return info;
}

static status_t
get_piece(struct desk *desk, const char *id, int64_t offset, FileContent **ret_content)
{
    GetFileContentRequest *in = get_file_content_request_new(desk->arena);
    ProtobufCMessage *out = NULL;
    status_t st;

    in->id = wire_text(id);
    in->offset = offset;
    st = desk_call(desk, desk_method(&organizations_get_file_content), &in->base, 0, &out);
    *ret_content = (FileContent *)out;
    return st;
}

static status_t
get_info(struct desk *desk, const char *id, FileInfo **ret_info)
{
    FileId *in = file_id_new(desk->arena);
    ProtobufCMessage *out = NULL;
    status_t st;

    in->id = wire_text(id);
    st = desk_call(desk, desk_method(&organizations_get_file), &in->base, 0, &out);
    *ret_info = (FileInfo *)out;
    return st;
}

static void
a_file_in_pieces_comes_back_as_it_was(void **state)
{
    struct desk *desk = *state;
    struct slice bytes = paper(desk, FILE_CHUNK + 5000);
    const char *id = new_id(desk);
    FileInfo *info = put_whole(desk, id, bytes);
    FileContent *content;

    assert_true(info->whole);
    assert_int_equal(info->size, bytes.size);
    assert_string_equal(info->media_type, "application/pdf");
    for (size_t at = 0; at < bytes.size; at += content->data.len) {
        assert_null(get_piece(desk, id, (int64_t)at, &content));
        assert_true(content->data.len > 0 && content->data.len <= FILE_CHUNK);
        assert_memory_equal(content->data.data, bytes.data + at, content->data.len);
        assert_int_equal(content->size, bytes.size);
    }
    assert_null(get_piece(desk, id, (int64_t)bytes.size, &content));
    assert_int_equal(content->data.len, 0);
    assert_string_equal(content->file_name, "批复.pdf");
}

static void
its_checksum_is_what_other_programs_compute(void **state)
{
    struct desk *desk = *state;
    FileInfo *info = put_whole(desk, new_id(desk), slice_of("%PDF-1.7\n"));

    assert_string_equal(info->sha256, "0716f9264c9fe19f5d7455276107f3ddcc1d3497f63d60689a73558ae8a1bf5e");
}

static void
a_piece_sent_again_changes_nothing(void **state)
{
    struct desk *desk = *state;
    struct slice bytes = paper(desk, FILE_CHUNK + 10);
    const char *id = new_id(desk);
    FileInfo *info;
    FileInfo *again;

    assert_null(put_piece(desk, piece_of(desk, id, bytes, 0), &info));
    assert_null(put_piece(desk, piece_of(desk, id, bytes, 0), &info));
    assert_int_equal(info->size, FILE_CHUNK);
    assert_false(info->whole);
    info = put_whole(desk, id, bytes);
    again = put_whole(desk, id, bytes);
    assert_true(again->whole);
    assert_int_equal(again->size, bytes.size);
    assert_string_equal(again->sha256, info->sha256);
}

static void
other_bytes_under_the_same_id_are_refused(void **state)
{
    struct desk *desk = *state;
    struct slice bytes = paper(desk, FILE_CHUNK + 10);
    const char *id = new_id(desk);
    PutFileRequest *in;
    FileInfo *info;

    put_whole(desk, id, bytes);
    in = piece_of(desk, id, bytes, FILE_CHUNK);
    in->data.data = (uint8_t *)(uintptr_t) "0123456789";
    assert_true(status_is(put_piece(desk, in, &info), PROBLEM_FILE_DIFFERS));
    in = piece_of(desk, id, paper(desk, FILE_CHUNK + 11), FILE_CHUNK);
    assert_true(status_is(put_piece(desk, in, &info), PROBLEM_FILE_DIFFERS));
    in = piece_of(desk, id, bytes, 0);
    in->last = true;
    assert_true(status_is(put_piece(desk, in, &info), PROBLEM_FILE_DIFFERS));
    in = piece_of(desk, id, bytes, 0);
    in->file_name = wire_text("别的.pdf");
    assert_true(status_is(put_piece(desk, in, &info), PROBLEM_FILE_DIFFERS));
}

static void
a_gap_is_refused(void **state)
{
    struct desk *desk = *state;
    struct slice bytes = paper(desk, 2 * FILE_CHUNK);
    const char *id = new_id(desk);
    PutFileRequest *in = piece_of(desk, id, bytes, FILE_CHUNK);
    FileInfo *info;

    assert_true(status_is(put_piece(desk, in, &info), PROBLEM_NOT_FOUND));
    in = piece_of(desk, id, bytes, 0);
    in->data.len = 10;
    assert_true(status_is(put_piece(desk, in, &info), PROBLEM_TOO_SHORT));
    in->last = true;
    assert_null(put_piece(desk, in, &info));
    id = new_id(desk);
    assert_null(put_piece(desk, piece_of(desk, id, bytes, 0), &info));
    in = piece_of(desk, id, bytes, FILE_CHUNK);
    in->offset = 2 * (int64_t)FILE_CHUNK;
    assert_true(status_is(put_piece(desk, in, &info), PROBLEM_FILE_GAP));
    in->offset = 17;
    assert_true(status_is(put_piece(desk, in, &info), PROBLEM_BAD_VALUE));
}

static void
size_is_limited_by_purpose(void **state)
{
    struct desk *desk = *state;
    struct slice most = paper(desk, 2 * FILE_CHUNK);
    struct slice more = paper(desk, 2 * FILE_CHUNK + 1);
    const char *id = new_id(desk);
    PutFileRequest *in;
    FileInfo *info;

    assert_true(put_whole(desk, new_id(desk), most)->whole);
    assert_null(put_piece(desk, piece_of(desk, id, more, 0), &info));
    assert_null(put_piece(desk, piece_of(desk, id, more, FILE_CHUNK), &info));
    assert_true(status_is(put_piece(desk, piece_of(desk, id, more, 2 * FILE_CHUNK), &info), PROBLEM_TOO_LARGE));
    in = piece_of(desk, new_id(desk), most, 0);
    in->purpose = wire_text("export"); /* jobs make those */
    assert_true(status_is(put_piece(desk, in, &info), PROBLEM_BAD_VALUE));
}

static void
what_an_account_may_leave_lying_is_limited(void **state)
{
    struct desk *desk = *state;
    struct slice bytes = paper(desk, FILE_CHUNK);
    FileInfo *info;

    desk->settings.file_quota = 4 * FILE_CHUNK;
    for (int i = 0; i < 4; i++)
        put_whole(desk, new_id(desk), bytes);
    assert_true(status_is(put_piece(desk, piece_of(desk, new_id(desk), bytes, 0), &info), PROBLEM_FILE_QUOTA));
    test_pg_run(desk->pg, "organizations",
                arena_printf(desk->arena,
                             "update file set delete_after = null"
                             " where id in (select id from file where account_id = '%s' limit 1)",
                             account_text(desk)));
    assert_null(put_piece(desk, piece_of(desk, new_id(desk), bytes, 0), &info));
}

static void
a_file_is_what_its_bytes_say(void **state)
{
    struct desk *desk = *state;
    PutFileRequest *in = piece_of(desk, new_id(desk), slice_of("MZ\x90 a program"), 0);
    FileInfo *info;

    assert_true(status_is(put_piece(desk, in, &info), PROBLEM_MEDIA_TYPE));
    in = piece_of(desk, new_id(desk), slice_of(""), 0);
    assert_true(status_is(put_piece(desk, in, &info), PROBLEM_MEDIA_TYPE));
    in = piece_of(desk, new_id(desk), slice_of("%PDF-1.7\n"), 0);
    in->purpose = wire_text("import");
    assert_true(status_is(put_piece(desk, in, &info), PROBLEM_MEDIA_TYPE));
    in = piece_of(desk, new_id(desk), slice_of("code,name\n320699,示范区\n"), 0);
    in->purpose = wire_text("import");
    assert_null(put_piece(desk, in, &info));
    assert_string_equal(info->media_type, "text/csv");
}

static void
for_another_account_it_is_not_there(void **state)
{
    struct desk *desk = *state;
    struct slice bytes = slice_of("%PDF-1.7\n");
    struct id own = desk->actor.account;
    const char *id = new_id(desk);
    FileContent *content;
    FileInfo *info;

    put_whole(desk, id, bytes);
    desk->actor.account = clock_id();
    assert_true(status_is(get_info(desk, id, &info), PROBLEM_NOT_FOUND));
    assert_true(status_is(get_piece(desk, id, 0, &content), PROBLEM_NOT_FOUND));
    assert_true(status_is(put_piece(desk, piece_of(desk, id, bytes, 0), &info), PROBLEM_NOT_FOUND));
    desk->actor.account = own;
    assert_null(get_info(desk, id, &info));
    assert_int_equal(info->size, bytes.size);
}

static void
nobody_reads_it_in_the_database(void **state)
{
    struct desk *desk = *state;

    put_whole(desk, new_id(desk), slice_of("%PDF-1.7\n 320699198211191130"));
    assert_int_equal(test_pg_number(desk->pg, "organizations",
                                    "select count(*) from file_chunk where position('32069919' in"
                                    " encode(bytes, 'escape')) > 0 or position('%PDF' in encode(bytes, 'escape')) > 0"),
                     0);
}

static void
a_file_that_is_over_goes_with_its_chunks(void **state)
{
    struct desk *desk = *state;
    const char *over = new_id(desk);
    const char *stays = new_id(desk);
    FileInfo *info;
    bool more = true;

    put_whole(desk, over, slice_of("%PDF-1.7\n"));
    put_whole(desk, stays, slice_of("%PDF-1.7\n"));
    test_pg_run(
        desk->pg, "organizations",
        arena_printf(desk->arena, "update file set delete_after = created_at - interval '1 s' where id = '%s'", over));
    while (more)
        assert_null(desk_step(desk, document_sweep, &more));
    assert_true(status_is(get_info(desk, over, &info), PROBLEM_NOT_FOUND));
    assert_null(get_info(desk, stays, &info));
    assert_int_equal(
        test_pg_number(desk->pg, "organizations",
                       arena_printf(desk->arena, "select count(*) from file_chunk where file_id = '%s'", over)),
        0);
}

static int
open_desk(void **state)
{
    *state = desk_open();
    return 0;
}

/* Every test begins as an account that has put nothing yet: a database for each would cost two seconds. */
static int
be_somebody(void **state)
{
    struct desk *desk = *state;

    desk->actor.account = clock_id();
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_file_in_pieces_comes_back_as_it_was, be_somebody),
        cmocka_unit_test_setup(its_checksum_is_what_other_programs_compute, be_somebody),
        cmocka_unit_test_setup(a_piece_sent_again_changes_nothing, be_somebody),
        cmocka_unit_test_setup(other_bytes_under_the_same_id_are_refused, be_somebody),
        cmocka_unit_test_setup(a_gap_is_refused, be_somebody),
        cmocka_unit_test_setup(size_is_limited_by_purpose, be_somebody),
        cmocka_unit_test_setup(what_an_account_may_leave_lying_is_limited, be_somebody),
        cmocka_unit_test_setup(a_file_is_what_its_bytes_say, be_somebody),
        cmocka_unit_test_setup(for_another_account_it_is_not_there, be_somebody),
        cmocka_unit_test_setup(nobody_reads_it_in_the_database, be_somebody),
        cmocka_unit_test_setup(a_file_that_is_over_goes_with_its_chunks, be_somebody),
    };

    return cmocka_run_group_tests(tests, open_desk, desk_close_town);
}
