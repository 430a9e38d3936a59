/* SPDX-License-Identifier: Apache-2.0 */
/* Words of a sheet, from what the letter says (letter_content_history). Any thread. */
#include "transfers/paper/fill.h"

#include "transfers/verification/check_code.h"
#include "transfers/paper/capital.h"
#include "transfers/proof/proof.h"
#include "transfers/secret.h"
#include "base/banned.h"

static const char *
text_of(struct arena *arena, struct db_rows *rows, int row, const char *column)
{
    const char *text = db_text(rows, row, column);

    return text ? arena_text(arena, text) : "";
}

/* 2026年11月21日 */
static const char *
day_text(struct arena *arena, date_t date)
{
    struct civil day = date_to_civil(date);

    return arena_printf(arena, "%d年%d月%d日", day.year, day.month, day.day);
}

static const char *
iso_day(struct arena *arena, date_t date)
{
    char text[DATE_SIZE];

    date_format(date, text);
    return arena_text(arena, text);
}

static void
fill_person(struct arena *arena, struct db_rows *rows, int row, const char **text)
{
    const char *sex = text_of(arena, rows, row, "sex");
    bool woman = strcmp(sex, "女") == 0 || strcmp(sex, "female") == 0;

    text[SHEET_NAME] = text_of(arena, rows, row, "name");
    text[SHEET_SEX] = woman ? "女" : "男";
    text[SHEET_AGE] = arena_printf(arena, "%d", (int)db_i64(rows, row, "age"));
    text[SHEET_ETHNICITY] = text_of(arena, rows, row, "ethnicity");
    text[SHEET_STANDING] = strcmp(text_of(arena, rows, row, "standing"), "full") == 0 ? "正式" : "预备";
}

static void
fill_parties(struct arena *arena, struct db_rows *rows, int row, const char **text)
{
    text[SHEET_FROM_BRANCH] = text_of(arena, rows, row, "from_branch_name");
    text[SHEET_FROM_COMMITTEE] = text_of(arena, rows, row, "from_committee_name");
    text[SHEET_TO_COMMITTEE] = text_of(arena, rows, row, "to_committee_name");
    text[SHEET_ISSUER] = text_of(arena, rows, row, "issuer_name");
    text[SHEET_ISSUER_TELEPHONE] = text_of(arena, rows, row, "issuer_telephone");
}

static void
fill_letter(struct arena *arena, struct db_rows *rows, int row, struct paper_sheet *sheet)
{
    const char **text = sheet->values.text;
    struct letter_number number = { .year = (int)db_i64(rows, row, "number_year"),
                                    .serial = db_i64(rows, row, "number_serial") };
    char shown[LETTER_NUMBER_SIZE];
    char capital[CAPITAL_MONTH_SIZE];
    char days[CAPITAL_NUMBER_SIZE];
    month_t dues;

    letter_number_format(&number, shown);
    capital_number((uint32_t)db_i64(rows, row, "validity_days"), days);
    text[SHEET_NUMBER] = arena_text(arena, shown);
    text[SHEET_VALIDITY] = arena_text(arena, days);
    if (month_parse(slice_of(db_text(rows, row, "dues_paid_to")), &dues)) {
        capital_month(dues, capital);
        text[SHEET_DUES] = arena_text(arena, capital);
    }
    text[SHEET_ISSUED_ON] = day_text(arena, db_date(rows, row, "issued_on"));
    text[SHEET_PRINTED_ON] = day_text(arena, sheet->printed_on);
    if (sheet->copy > 1)
        text[SHEET_COPY] = arena_printf(arena, "第 %u 次打印", sheet->copy);
}

static struct canonical
canonical_of(struct arena *arena, struct db_rows *rows, int row, const char *const *text)
{
    date_t issued_on = db_date(rows, row, "issued_on");

    return (struct canonical){ .field = {
                                   [CANONICAL_CODE] = db_text(rows, row, "code"),
                                   [CANONICAL_NUMBER] = text[SHEET_NUMBER],
                                   [CANONICAL_NAME] = text[SHEET_NAME],
                                   [CANONICAL_SEX] = text[SHEET_SEX],
                                   [CANONICAL_AGE] = text[SHEET_AGE],
                                   [CANONICAL_ETHNICITY] = text[SHEET_ETHNICITY],
                                   [CANONICAL_STANDING] = text_of(arena, rows, row, "standing"),
                                   [CANONICAL_IDENTITY] = text[SHEET_IDENTITY],
                                   [CANONICAL_FROM_BRANCH] = text[SHEET_FROM_BRANCH],
                                   [CANONICAL_FROM_COMMITTEE] = text[SHEET_FROM_COMMITTEE],
                                   [CANONICAL_TO_COMMITTEE] = text[SHEET_TO_COMMITTEE],
                                   [CANONICAL_DUES] = text_of(arena, rows, row, "dues_paid_to"),
                                   [CANONICAL_ISSUED_ON] = iso_day(arena, issued_on),
                                   [CANONICAL_VALID_TO] =
                                       iso_day(arena, issued_on + (date_t)db_i64(rows, row, "validity_days")),
                                   [CANONICAL_ISSUER] = text[SHEET_ISSUER],
                               } };
}

/* Letters entered from paper have no code, and nothing to prove. */
static void
fill_proof(struct arena *arena, const struct transfers_state *state, struct db_rows *rows, int row,
           struct sheet_values *values)
{
    const char *code = db_text(rows, row, "code");
    char shown[CHECK_CODE_SHOWN];
    struct canonical letter;
    struct seal_key seed;

    if (!code)
        return;
    check_code_format(code, shown);
    letter = canonical_of(arena, rows, row, values->text);
    proof_seed(&state->keys.key[state->keys.count - 1], &seed);
    values->qr = proof_make(arena, &seed, &letter, state->public_url);
    seal_wipe(&seed, sizeof seed);
    values->text[SHEET_CODE] = arena_text(arena, shown);
    values->text[SHEET_ADDRESS] = arena_printf(arena, "%s/verify/%s", state->public_url, code);
}

status_t
paper_fill(struct arena *arena, const struct transfers_state *state, struct db_rows *rows, int row,
           struct paper_sheet *ret_sheet)
{
    const char **text = ret_sheet->values.text;
    status_t st;

    *ret_sheet = (struct paper_sheet){ .kind = paper_kind_find(db_text(rows, row, "kind")),
                                       .copy = (uint32_t)db_i64(rows, row, "copy"),
                                       .printed_on = instant_date(db_instant(rows, row, "printed_at")),
                                       .place = (int)db_i64(rows, row, "place") };
    fill_person(arena, rows, row, text);
    fill_parties(arena, rows, row, text);
    fill_letter(arena, rows, row, ret_sheet);
    st = letter_secret_open(arena, state, rows, row, "identity", &ret_sheet->secrets[0], &text[SHEET_IDENTITY]);
    if (!st)
        st = letter_secret_open(arena, state, rows, row, "telephone", &ret_sheet->secrets[1], &text[SHEET_TELEPHONE]);
    if (st)
        return st;
    fill_proof(arena, state, rows, row, &ret_sheet->values);
    return db_rows_status(rows);
}

void
paper_sheet_wipe(struct paper_sheet *sheet)
{
    for (size_t i = 0; i < sizeof sheet->secrets / sizeof *sheet->secrets; i++)
        if (sheet->secrets[i].data)
            seal_wipe((char *)(uintptr_t)sheet->secrets[i].data, sheet->secrets[i].size);
}
