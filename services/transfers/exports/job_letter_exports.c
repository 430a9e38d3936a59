/* SPDX-License-Identifier: Apache-2.0 */
/* Letters as a table, a page a step; the scope is judged again in each. On the jobs thread. */
#include "base/text.h"
#include "daemon/table_document.h"
#include "io/seal.h"
#include "transfers/documents.h"
#include "transfers/exports/letter_page.h"
#include "transfers/secret.h"
#include "base/banned.h"

enum letter_cell {
    CELL_NUMBER,
    CELL_STATE,
    CELL_NAME,
    CELL_SEX,
    CELL_IDENTITY,
    CELL_STANDING,
    CELL_FROM_BRANCH,
    CELL_FROM_COMMITTEE,
    CELL_TO_COMMITTEE,
    CELL_TO_BRANCH,
    CELL_REASON,
    CELL_DUES,
    CELL_BEGUN,
    CELL_ISSUED,
    CELL_VALID_TO,
    CELL_RECEIVED,
    CELLS
};

static const char *const headings[CELLS] = {
    [CELL_NUMBER] = "介绍信编号",
    [CELL_STATE] = "状态",
    [CELL_NAME] = "姓名",
    [CELL_SEX] = "性别",
    [CELL_IDENTITY] = "公民身份号码",
    [CELL_STANDING] = "党员类型",
    [CELL_FROM_BRANCH] = "转出党支部",
    [CELL_FROM_COMMITTEE] = "转出基层党委",
    [CELL_TO_COMMITTEE] = "转入基层党委",
    [CELL_TO_BRANCH] = "转入党支部",
    [CELL_REASON] = "转接原因",
    [CELL_DUES] = "党费交至",
    [CELL_BEGUN] = "发起日期",
    [CELL_ISSUED] = "开具日期",
    [CELL_VALID_TO] = "有效期至",
    [CELL_RECEIVED] = "接收日期",
};

/* Codes of the database as words of a table. */
static const struct cell_word {
    const char *code;
    const char *word;
} cell_words[] = {
    { "work_unit_changed", "工作单位变动" },
    { "residence_changed", "居住地变动" },
    { "away_six_months", "外出六个月以上" },
    { "retired", "离退休" },
    { "other", "其他" },
    { "full", "正式党员" },
    { "probationary", "预备党员" },
    { "male", "男" },
    { "female", "女" },
};

struct letter_table {
    struct table_document table; /* first */
    struct letter_wish wish;
    bool reveal;
};

static date_t
day_of(const char *text)
{
    date_t day = DATE_NONE;

    return text[0] && date_parse(slice_of(text), &day) ? day : DATE_NONE;
}

static status_t
begin(struct job_context *job, const struct document_claim *claim, struct arena *arena, void **ret_work)
{
    const CreateLetterExportRequest *wish = (const CreateLetterExportRequest *)claim->wish;
    struct letter_table *work = arena_alloc(arena, sizeof *work);
    enum letter_state state = state_of_wire(wish->state);

    (void)job;
    work->wish = (struct letter_wish){ .scope = actor_scope(&claim->actor),
                                       .state = state ? letter_state_code(state) : NULL,
                                       .member = wish->member_id[0] ? wish->member_id : NULL,
                                       .since = day_of(wish->since),
                                       .until = day_of(wish->until) };
    work->reveal = wish->reason[0];
    work->table.title = "组织关系介绍信台账";
    work->table.purpose = &letter_export_purpose;
    work->table.format = wish->format == LIANGXIN__TRANSFERS__V1__LETTER_EXPORT_FORMAT__LETTER_EXPORT_FORMAT_CSV
                             ? SHEET_CSV
                             : SHEET_XLSX;
    table_document_open(&work->table, arena, headings, CELLS);
    *ret_work = work;
    return OK;
}

/* --- one row -------------------------------------------------------------------------------------------------------
 */

static const char *
word_of(const char *code)
{
    for (size_t i = 0; code && i < sizeof cell_words / sizeof *cell_words; i++)
        if (strcmp(cell_words[i].code, code) == 0)
            return cell_words[i].word;
    return code;
}

static const char *
day_text(struct arena *arena, date_t day)
{
    char *text = arena_alloc(arena, DATE_SIZE);

    if (day != DATE_NONE)
        date_format(day, text);
    return text;
}

static const char *
number_text(struct arena *arena, struct db_rows *rows, int i)
{
    struct letter_number number = { .year = (int)db_i64(rows, i, "number_year"),
                                    .serial = db_i64(rows, i, "number_serial") };
    char *text = arena_alloc(arena, LETTER_NUMBER_SIZE);

    letter_number_format(&number, text);
    return text;
}

static void
fill_days(struct arena *arena, struct db_rows *rows, int i, const char **text)
{
    text[CELL_BEGUN] = day_text(arena, instant_date(db_instant(rows, i, "created_at")));
    text[CELL_ISSUED] = day_text(arena, db_date(rows, i, "issued_on"));
    text[CELL_VALID_TO] = day_text(arena, db_date(rows, i, "valid_to"));
    if (!db_is_null(rows, i, "received_at"))
        text[CELL_RECEIVED] = day_text(arena, instant_date(db_instant(rows, i, "received_at")));
}

static void
fill_row(struct arena *arena, struct db_rows *rows, int i, const char **text)
{
    text[CELL_NUMBER] = number_text(arena, rows, i);
    text[CELL_STATE] = letter_state_chinese(letter_state_parse(db_text(rows, i, "state")));
    text[CELL_NAME] = db_text(rows, i, "name");
    text[CELL_SEX] = word_of(db_text(rows, i, "sex"));
    text[CELL_STANDING] = word_of(db_text(rows, i, "standing"));
    text[CELL_FROM_BRANCH] = db_text(rows, i, "from_branch_name");
    text[CELL_FROM_COMMITTEE] = db_text(rows, i, "from_committee_name");
    text[CELL_TO_COMMITTEE] = db_text(rows, i, "to_committee_name");
    text[CELL_TO_BRANCH] = db_text(rows, i, "to_branch_name");
    text[CELL_REASON] = word_of(db_text(rows, i, "reason"));
    text[CELL_DUES] = db_text(rows, i, "dues_paid_to");
    fill_days(arena, rows, i, text);
}

static status_t
write_row(struct job_context *job, const struct letter_table *work, struct db_rows *rows, int i)
{
    struct sheet_cell cells[CELLS] = { 0 };
    const char *text[CELLS] = { 0 };
    struct slice secret = slice_of("");
    status_t st = letter_secret_open(job->arena, job->state, rows, i, "identity", &secret, &text[CELL_IDENTITY]);

    if (st)
        return st;
    if (!work->reveal)
        text_mask((char *)(uintptr_t)secret.data, secret.size, 6, 4);
    fill_row(job->arena, rows, i, text);
    for (size_t cell = 0; cell < CELLS; cell++)
        cells[cell].text = slice_of(text[cell] ? text[cell] : "");
    sheet_writer_row(work->table.writer, cells, CELLS);
    if (secret.size)
        seal_wipe((char *)(uintptr_t)secret.data, secret.size);
    return OK;
}

static status_t
add(struct job_context *job, void *data, struct document_progress *progress)
{
    struct letter_table *work = data;
    struct db_rows *rows = NULL;
    status_t st = progress->total ? OK : letters_count(job->db, job->arena, &work->wish, &progress->total);

    if (!st)
        st = letters_page(job->db, job->arena, &work->wish, table_document_after(&work->table), TABLE_PAGE, &rows);
    for (int i = 0; !st && i < db_count(rows); i++)
        st = write_row(job, work, rows, i);
    if (st)
        return st;
    table_document_turn(&work->table, rows, progress);
    return db_rows_status(rows);
}

const struct document_kind letter_export_kind = {
    "letter_export",
    &liangxin__transfers__v1__create_letter_export_request__descriptor,
    begin,
    add,
    table_document_close,
    table_document_pour,
    table_document_drop,
};
