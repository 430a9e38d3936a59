/* SPDX-License-Identifier: Apache-2.0 */
/* Letters on paper: who may print what, prints counted, the same sheet the same bytes, many in one document. */
#include <stdio.h>

#include "daemon/daemon.h"
#include "io/clock.h"
#include "office.h"
#include "transfers/documents.h"
#include "transfers/proof/proof.h"
#include "transfers/transfers.h"

#define KIND(name)  LIANGXIN__TRANSFERS__V1__PAPER_KIND__PAPER_KIND_##name
#define BATCH(name) LIANGXIN__TRANSFERS__V1__PAPER_BATCH_STATE__PAPER_BATCH_STATE_##name
#define MANY        60 /* letters in one document */
#define STEPS       20 /* more than they take */

static Paper *
print(struct clerk *clerk, const Letter *letter, PaperKind kind, const char **ret_slug)
{
    PrintPaperRequest *request = print_paper_request_new(clerk->arena);

    request->id = letter->id;
    request->kind = kind;
    return clerk_ask(clerk, &transfers_print_paper, &request->base, 0, ret_slug);
}

static PaperContent *
fetch(struct clerk *clerk, const Letter *letter, uint32_t copy, const char **ret_slug)
{
    GetPaperRequest *request = get_paper_request_new(clerk->arena);

    request->id = letter->id;
    request->copy = copy;
    return clerk_ask(clerk, &transfers_get_paper, &request->base, 0, ret_slug);
}

/* The words of a PDF without its white space. */
static char *
words_of(struct arena *arena, const PaperContent *content)
{
    char *text = arena_alloc(arena, 64 * 1024);
    FILE *file = fopen("papers_test.pdf", "wb");
    size_t size = 0;
    int c;

    assert_non_null(file);
    assert_int_equal(fwrite(content->data.data, 1, content->data.len, file), content->data.len);
    assert_int_equal(fclose(file), 0);
    file = popen("pdftotext -enc UTF-8 papers_test.pdf -", "r");
    assert_non_null(file);
    while ((c = fgetc(file)) != EOF && size < 64 * 1024 - 1)
        if (c != ' ' && c != '\n' && c != '\f')
            text[size++] = (char)c;
    assert_int_equal(pclose(file), 0);
    return text;
}

static void
a_letter_is_printed_counted_and_the_same_each_time(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "committee_clerk", COMMITTEE_A);
    Letter *letter = clerk_letter_after(&clerk, 1, "issue");
    PaperContent *first;
    PaperContent *again;
    char *words;

    assert_int_equal(print(&clerk, letter, KIND(LETTER), NULL)->copy, 1);
    first = fetch(&clerk, letter, 0, NULL);
    assert_string_equal(first->media_type, "application/pdf");
    assert_int_equal(first->size, first->data.len);
    words = words_of(clerk.arena, first);
    assert_non_null(strstr(words, "陈远"));
    assert_non_null(strstr(words, "320699199001311234"));
    assert_non_null(strstr(words, "贰零贰陆年拾月"));
    assert_non_null(strstr(words, letter->number));
    assert_non_null(strstr(words, letter->check_code));
    assert_null(strstr(words, "次打印"));

    assert_int_equal(print(&clerk, letter, KIND(UNSPECIFIED), NULL)->copy, 2);
    assert_non_null(strstr(words_of(clerk.arena, fetch(&clerk, letter, 0, NULL)), "第2次打印"));
    again = fetch(&clerk, letter, 1, NULL);
    assert_int_equal(again->data.len, first->data.len);
    assert_memory_equal(again->data.data, first->data.data, first->data.len);
    assert_int_equal(test_pg_number(office->pg, "transfers", "select count(*) from audit where object = 'paper'"), 2);
    clerk_close(&clerk);
}

static void
each_prints_what_is_his_and_when_it_is_time(void **state)
{
    struct clerk clerk = clerk_open(*state, "committee_clerk", COMMITTEE_A);
    Letter *letter = clerk_letter_after(&clerk, 2, "agree");
    const char *slug;

    clerk_post(&clerk, "committee_clerk", COMMITTEE_A);
    print(&clerk, letter, KIND(LETTER), &slug);
    assert_string_equal(slug, "state-forbids"); /* it says nothing yet */
    letter = clerk_step(&clerk, "issue", letter, NULL);
    print(&clerk, letter, KIND(RECEIPT), &slug);
    assert_string_equal(slug, "not-your-step");
    clerk_post(&clerk, "committee_clerk", COMMITTEE_B);
    print(&clerk, letter, KIND(LETTER), &slug);
    assert_string_equal(slug, "not-your-step");
    print(&clerk, letter, KIND(RECEIPT), &slug);
    assert_string_equal(slug, "state-forbids"); /* nothing is received */
    fetch(&clerk, letter, 0, &slug);
    assert_string_equal(slug, "state-forbids"); /* he has printed none */
    clerk_post(&clerk, "committee_clerk", COMMITTEE_C);
    print(&clerk, letter, KIND(LETTER), &slug);
    assert_string_equal(slug, "not-found"); /* a stranger to this letter */
    clerk_post(&clerk, "committee_clerk", COMMITTEE_A);
    assert_non_null(print(&clerk, letter, KIND(CERTIFICATE), NULL));
    clerk_close(&clerk);
}

static void
the_receipt_is_printed_by_who_received(void **state)
{
    struct clerk clerk = clerk_open(*state, "committee_clerk", COMMITTEE_B);
    Letter *letter = clerk_letter_after(&clerk, 3, "assign");
    GetPaperRequest *request = get_paper_request_new(clerk.arena);
    PaperContent *content;

    clerk_post(&clerk, "committee_clerk", COMMITTEE_B);
    assert_int_equal(print(&clerk, letter, KIND(RECEIPT), NULL)->copy, 1);
    request->id = letter->id;
    request->kind = KIND(RECEIPT);
    content = clerk_ask(&clerk, &transfers_get_paper, &request->base, 0, NULL);
    assert_non_null(strstr(words_of(clerk.arena, content), "特此回复"));
    clerk_close(&clerk);
}

/* --- many ----------------------------------------------------------------------------------------------------------
 */

static void
step(struct office *office, struct arena *arena)
{
    struct db *db = db_new(test_pg_dsn(office->pg, "transfers"), "test");
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

static PaperBatch *
look(struct clerk *clerk, const char *id, const struct rpc_method *method)
{
    PaperBatchId *request = paper_batch_id_new(clerk->arena);

    request->id = arena_text(clerk->arena, id);
    return clerk_ask(clerk, method, &request->base, 0, NULL);
}

/* Sixty letters, and one that is nobody's. */
static PaperBatch *
ask_for_many(struct clerk *clerk)
{
    CreatePaperBatchRequest *request = create_paper_batch_request_new(clerk->arena);

    request->letter_ids = arena_array(clerk->arena, MANY + 1, sizeof *request->letter_ids);
    request->n_letter_ids = MANY + 1;
    for (int i = 0; i < MANY; i++)
        request->letter_ids[i] = clerk_letter_after(clerk, 1 + i, "issue")->id;
    request->letter_ids[MANY] = id_text(clerk->arena, clock_id());
    clerk_post(clerk, "committee_clerk", COMMITTEE_A);
    return clerk_ask(clerk, &transfers_create_paper_batch, &request->base, 0, NULL);
}

static void
many_letters_are_one_document(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "committee_clerk", COMMITTEE_A);
    PaperBatch *batch = ask_for_many(&clerk);
    GetPaperBatchContentRequest *request = get_paper_batch_content_request_new(clerk.arena);
    PaperContent *content;

    assert_int_equal(batch->total, MANY);
    assert_int_equal(batch->n_left_out, 1);
    for (int i = 0; i < STEPS && batch->state != BATCH(SUCCEEDED); i++) {
        uint32_t before = batch->done;

        step(office, clerk.arena);
        batch = look(&clerk, batch->id, &transfers_get_paper_batch);
        assert_true(batch->done >= before);
    }
    assert_int_equal(batch->state, BATCH(SUCCEEDED));
    assert_int_equal(batch->done, MANY);
    assert_string_not_equal(batch->file_name, "");
    request->id = batch->id;
    content = clerk_ask(&clerk, &transfers_get_paper_batch_content, &request->base, 0, NULL);
    assert_memory_equal(content->data.data, "%PDF-", 5);
    assert_int_equal(test_pg_number(office->pg, "transfers", "select count(*) from paper_copy"), MANY);
    clerk_close(&clerk);
}

static void
a_batch_that_is_cancelled_stops(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "committee_clerk", COMMITTEE_A);
    PaperBatch *batch = ask_for_many(&clerk);

    step(office, clerk.arena); /* taken on */
    step(office, clerk.arena); /* some pages */
    assert_int_equal(look(&clerk, batch->id, &transfers_get_paper_batch)->state, BATCH(RUNNING));
    assert_int_equal(look(&clerk, batch->id, &transfers_cancel_paper_batch)->state, BATCH(CANCELLED));
    step(office, clerk.arena);
    step(office, clerk.arena);
    batch = look(&clerk, batch->id, &transfers_get_paper_batch);
    assert_int_equal(batch->state, BATCH(CANCELLED));
    assert_true(batch->done > 0 && batch->done < MANY);
    assert_int_equal(test_pg_number(office->pg, "transfers", "select count(*) from file"), 0);
    clerk_close(&clerk);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_letter_is_printed_counted_and_the_same_each_time, office_clear),
        cmocka_unit_test_setup(each_prints_what_is_his_and_when_it_is_time, office_clear),
        cmocka_unit_test_setup(the_receipt_is_printed_by_who_received, office_clear),
        cmocka_unit_test_setup(many_letters_are_one_document, office_clear),
        cmocka_unit_test_setup(a_batch_that_is_cancelled_stops, office_clear),
    };

    return cmocka_run_group_tests(tests, office_open, office_close);
}
