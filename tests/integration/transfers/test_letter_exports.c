/* SPDX-License-Identifier: Apache-2.0 */
/* Letters as a table: which rows, what is masked, whose it is. */
#include "daemon/daemon.h"
#include "io/clock.h"
#include "office.h"
#include "transfers/documents.h"

#define STEPS     6 /* more than it takes */
#define OUT(code) LIANGXIN__TRANSFERS__V1__LETTER_EXPORT_STATE__LETTER_EXPORT_STATE_##code
#define CSV       LIANGXIN__TRANSFERS__V1__LETTER_EXPORT_FORMAT__LETTER_EXPORT_FORMAT_CSV
#define IDENTITY  "320699199001311234" /* of everybody, in the office */
#define MASKED    "320699********1234"

static void
step(struct office *office, struct arena *arena)
{
    static const char *dsn; /* the office's, for all tests */
    struct db *db = db_new(dsn ? dsn : (dsn = test_pg_dsn(office->pg, "transfers")), "test");
    struct transfers_state settings = { .public_url = "http://letters.example.org" };
    struct job_context job = {
        .arena = arena, .db = db, .now = clock_now(), .process = "transfers", .state = &settings
    };
    bool more;

    assert_true(seal_ring_parse(test_key(arena, "letter.keys"), &settings.keys));
    db_deadline(db, clock_ms() + 10000);
    assert_null(db_ready(arena, db));
    assert_null(job_documents(&job, &more));
    db_free(db);
}

static CreateLetterExportRequest *
wish(struct clerk *clerk)
{
    CreateLetterExportRequest *in = create_letter_export_request_new(clerk->arena);

    in->format = CSV;
    return in;
}

static LetterExport *
look(struct clerk *clerk, const char *id, const char **ret_slug)
{
    LetterExportId *in = letter_export_id_new(clerk->arena);

    in->id = arena_text(clerk->arena, id);
    return clerk_ask(clerk, &transfers_get_letter_export, &in->base, 0, ret_slug);
}

static LetterExport *
make(struct clerk *clerk, const CreateLetterExportRequest *in)
{
    LetterExport *made = clerk_ask(clerk, &transfers_create_letter_export, &in->base, 0, NULL);

    for (int i = 0; i < STEPS && made->state != OUT(SUCCEEDED); i++) {
        step(clerk->office, clerk->arena);
        made = look(clerk, made->id, NULL);
    }
    assert_int_equal(made->state, OUT(SUCCEEDED));
    assert_int_equal(made->total, made->done);
    return made;
}

static const char *
text_of(struct clerk *clerk, const LetterExport *made)
{
    GetLetterExportContentRequest *in = get_letter_export_content_request_new(clerk->arena);
    PaperContent *content;

    in->id = made->id;
    content = clerk_ask(clerk, &transfers_get_letter_export_content, &in->base, 0, NULL);
    assert_int_equal(content->data.len, content->size);
    return arena_text_slice(clerk->arena, slice_make((const char *)content->data.data, content->data.len));
}

static int64_t
rows_at(struct clerk *clerk, const char *role, enum place place)
{
    clerk_post(clerk, role, place);
    return make(clerk, wish(clerk))->done;
}

static void
each_gets_the_letters_he_is_a_party_of(void **state)
{
    struct clerk clerk = clerk_open(*state, "committee_clerk", COMMITTEE_A);
    const char *text;

    clerk_letter_after(&clerk, 1, "issue");
    clerk_letter_after(&clerk, 2, "agree");
    assert_int_equal(rows_at(&clerk, "committee_clerk", COMMITTEE_A), 2);
    assert_int_equal(rows_at(&clerk, "district_clerk", DISTRICT_B), 2);
    assert_int_equal(rows_at(&clerk, "city_clerk", ROOT), 2);
    assert_int_equal(rows_at(&clerk, "committee_clerk", COMMITTEE_C), 0);
    clerk_post(&clerk, "committee_clerk", COMMITTEE_A);
    text = text_of(&clerk, make(&clerk, wish(&clerk)));
    assert_non_null(strstr(text, "介绍信编号"));
    assert_non_null(strstr(text, "在途"));
    assert_non_null(strstr(text, "支部同意"));
    assert_non_null(strstr(text, "陈远"));
    clerk_close(&clerk);
}

static void
it_is_narrowed_as_the_list_is(void **state)
{
    struct clerk clerk = clerk_open(*state, "committee_clerk", COMMITTEE_A);
    CreateLetterExportRequest *in = wish(&clerk);
    const char *slug;

    clerk_letter_after(&clerk, 1, "issue");
    clerk_letter_after(&clerk, 2, "agree");
    clerk_post(&clerk, "committee_clerk", COMMITTEE_A);
    in->which_case = LIANGXIN__TRANSFERS__V1__CREATE_LETTER_EXPORT_REQUEST__WHICH_STATE;
    in->state = LIANGXIN__TRANSFERS__V1__LETTER_STATE__LETTER_STATE_ISSUED;
    assert_int_equal(make(&clerk, in)->done, 1);
    in = wish(&clerk);
    in->member_id = id_text(clerk.arena, member_id(2));
    assert_int_equal(make(&clerk, in)->done, 1);
    in = wish(&clerk);
    in->until = arena_text(clerk.arena, "2020-01-01");
    assert_int_equal(make(&clerk, in)->done, 0);
    in->since = arena_text(clerk.arena, "2020-01-02");
    clerk_ask(&clerk, &transfers_create_letter_export, &in->base, 0, &slug);
    assert_string_equal(slug, "bad-date-order");
    clerk_close(&clerk);
}

static void
numbers_are_masked_without_permission_and_reason(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "committee_clerk", COMMITTEE_A);
    CreateLetterExportRequest *in = wish(&clerk);
    const char *text;
    const char *slug;

    clerk_letter_after(&clerk, 1, "issue");
    clerk_post(&clerk, "committee_clerk", COMMITTEE_A);
    text = text_of(&clerk, make(&clerk, in));
    assert_non_null(strstr(text, MASKED));
    assert_null(strstr(text, IDENTITY));
    in->reason = arena_text(clerk.arena, "核对台账");
    clerk_ask(&clerk, &transfers_create_letter_export, &in->base, 0, &slug);
    assert_string_equal(slug, "denied");
    clerk_post(&clerk, "city_clerk", ROOT);
    text = text_of(&clerk, make(&clerk, in));
    assert_non_null(strstr(text, IDENTITY));
    assert_int_equal(test_pg_number(office->pg, "transfers", "select count(*) from audit where reason = '核对台账'"),
                     1);
    clerk_post(&clerk, "member", COMMITTEE_A);
    clerk_ask(&clerk, &transfers_create_letter_export, &in->base, 0, &slug);
    assert_string_equal(slug, "denied");
    clerk_close(&clerk);
}

static void
ones_own_are_listed(void **state)
{
    struct clerk clerk = clerk_open(*state, "committee_clerk", COMMITTEE_A);
    ListLetterExportsRequest *in = list_letter_exports_request_new(clerk.arena);
    LetterExport *first = make(&clerk, wish(&clerk));
    LetterExport *second = make(&clerk, wish(&clerk));
    LetterExportPage *page;

    in->limit = 1;
    page = clerk_ask(&clerk, &transfers_list_letter_exports, &in->base, 0, NULL);
    assert_int_equal(page->n_items, 1);
    assert_string_equal(page->items[0]->id, second->id);
    assert_string_not_equal(page->items[0]->file_name, "");
    in->cursor = page->next_cursor;
    page = clerk_ask(&clerk, &transfers_list_letter_exports, &in->base, 0, NULL);
    assert_string_equal(page->items[0]->id, first->id);
    assert_string_equal(page->next_cursor, "");
    clerk_close(&clerk);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(each_gets_the_letters_he_is_a_party_of, office_clear),
        cmocka_unit_test_setup(it_is_narrowed_as_the_list_is, office_clear),
        cmocka_unit_test_setup(numbers_are_masked_without_permission_and_reason, office_clear),
        cmocka_unit_test_setup(ones_own_are_listed, office_clear),
    };

    return cmocka_run_group_tests(tests, office_open, office_close);
}
