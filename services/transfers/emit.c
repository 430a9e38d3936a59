/* SPDX-License-Identifier: Apache-2.0 */
/* News of letters, into the outbox of the caller's transaction. */
#include "events/outbox.h"
#include "transfers/transfers.h"
#include "base/banned.h"

const struct id *
letter_next(const struct letter_view *view, const char **ret_role)
{
    const struct letter *letter = &view->letter;

    switch (letter_turn(letter->kind, letter->state)) {
    case ACTOR_SENDING_BRANCH:
        *ret_role = "branch_secretary";
        return &letter->from_branch;
    case ACTOR_RECEIVING_BRANCH:
        *ret_role = "branch_secretary";
        return &letter->to_branch;
    case ACTOR_SENDING_COMMITTEE:
        *ret_role = "committee_clerk";
        return &letter->from_committee;
    case ACTOR_RECEIVING_COMMITTEE:
        *ret_role = "committee_clerk";
        return &letter->to_committee;
    case ACTOR_UPPER:
        *ret_role = "district_clerk";
        return &view->upper;
    default:
        *ret_role = "";
        return NULL;
    }
}

/* Nil and NULL become empty bytes. The bytes are those of `id`, which must live until the message is packed. */
static ProtobufCBinaryData
bytes_of(const struct id *id)
{
    if (!id || id_is_nil(id))
        return (ProtobufCBinaryData){ 0 };
    return (ProtobufCBinaryData){ .len = ID_BYTES, .data = (uint8_t *)id->bytes };
}

/* Levels above that are told as well: a refusal is told above both committees (不得无故拒转拒接), a letter that waits
 * too long above whoever it waits for. */
static size_t
informed(const struct letter_view *view, const struct letter_deed *deed, const struct id *ret_ids[2])
{
    const struct letter *letter = &view->letter;
    size_t count = 0;

    if (letter->state == LETTER_ISSUED && strcmp(deed->name, letter_event_code(EVENT_REMIND)) == 0) {
        ret_ids[count++] = &letter->from_branch; /* until it is received the sender is responsible */
        ret_ids[count++] = &letter->from_committee;
    } else if (deed->refusal) {
        ret_ids[count++] = &view->upper;
        ret_ids[count++] = &view->to_upper;
    } else if (strcmp(deed->name, letter_event_code(EVENT_ESCALATE)) == 0) {
        switch (letter_turn(letter->kind, letter->state)) {
        case ACTOR_SENDING_BRANCH:
            ret_ids[count++] = &letter->from_committee;
            break;
        case ACTOR_RECEIVING_BRANCH:
            ret_ids[count++] = &letter->to_committee;
            break;
        case ACTOR_RECEIVING_COMMITTEE:
            ret_ids[count++] = &view->to_upper;
            break;
        default:
            ret_ids[count++] = &view->upper;
        }
    }
    return count;
}

static void
put_informed(struct arena *arena, const struct letter_view *view, const struct letter_deed *deed, LetterChanged *fact)
{
    const struct id *ids[2];
    size_t count = informed(view, deed, ids);

    fact->inform_organization_ids = arena_array(arena, count, sizeof *fact->inform_organization_ids);
    for (size_t i = 0; i < count; i++)
        if (!id_is_nil(ids[i]))
            fact->inform_organization_ids[fact->n_inform_organization_ids++] = bytes_of(ids[i]);
}

static char *
day_of(struct arena *arena, date_t day)
{
    char text[DATE_SIZE];

    date_format(day, text);
    return arena_text(arena, text);
}

void
emit_letter_changed(struct db *db, struct arena *arena, const struct letter_view *view, const struct letter_deed *deed,
                    unsigned effects)
{
    const struct letter *letter = &view->letter;
    LetterChanged *fact = letter_changed_new(arena);
    const char *role;
    char number[LETTER_NUMBER_SIZE];
    struct outbox_event event = {
        .aggregate = "letter", .id = &letter->id, .version = letter->version, .fact = &fact->base, .at = deed->at
    };

    letter_number_format(&letter->number, number);
    fact->letter_id = bytes_of(&letter->id);
    fact->member_id = bytes_of(&letter->member);
    fact->event = arena_text(arena, deed->name);
    fact->state = arena_text(arena, letter_state_code(letter->state));
    fact->number = arena_text(arena, number);
    fact->open = letter_holds_member(letter->state);
    fact->moves = effects & STEP_MOVES_MEMBER;
    fact->from_branch_id = bytes_of(&letter->from_branch);
    fact->from_committee_id = bytes_of(&letter->from_committee);
    fact->to_committee_id = bytes_of(&letter->to_committee);
    fact->to_branch_id = bytes_of(&letter->to_branch);
    if (!letter_is_away(letter)) {
        fact->next_organization_id = bytes_of(letter_next(view, &role));
        fact->next_role = arena_text(arena, role);
    }
    fact->refusal = arena_text(arena, deed->refusal ? deed->refusal : "");
    put_informed(arena, view, deed, fact);
    if (effects & STEP_MEMBER_LEAVES)
        fact->left_on = day_of(arena, letter->receipt.on);
    outbox_append(db, arena, &event);
}

void
emit_move_changed(struct db *db, struct arena *arena, const struct inner_move *move, const char *event, instant_t at)
{
    bool asked = move->state == INNER_MOVE_ASKED;
    LetterChanged *fact = letter_changed_new(arena);
    struct outbox_event news = {
        .aggregate = "letter", .id = &move->id, .version = move->version, .fact = &fact->base, .at = at
    };

    fact->letter_id = bytes_of(&move->id);
    fact->member_id = bytes_of(&move->member);
    fact->event = arena_text(arena, event);
    fact->state = arena_text(arena, inner_move_state_code(move->state));
    fact->open = asked;
    fact->moves = move->state == INNER_MOVE_MOVED;
    fact->from_branch_id = bytes_of(&move->from_branch);
    fact->from_committee_id = bytes_of(&move->committee);
    fact->to_committee_id = bytes_of(&move->committee);
    fact->to_branch_id = bytes_of(&move->to_branch);
    fact->next_organization_id = bytes_of(asked ? &move->committee : NULL);
    fact->next_role = arena_text(arena, asked ? "committee_clerk" : "");
    outbox_append(db, arena, &news);
}
