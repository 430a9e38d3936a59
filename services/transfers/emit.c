/* SPDX-License-Identifier: Apache-2.0 */
/* News of letters, into the outbox of the caller's transaction. */
#include "events/outbox.h"
#include "transfers/transfers.h"
#include "base/banned.h"

/* Whose step is next: which organization, and the role there that does it. */
static const struct id *
next_organization(const struct letter_view *view, const char **ret_role)
{
    const struct letter *letter = &view->letter;

    switch (letter_turn(letter->state)) {
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

void
emit_letter_changed(struct db *db, struct arena *arena, const struct letter_view *view, const struct letter_deed *deed,
                    bool moves)
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
    fact->moves = moves;
    fact->from_branch_id = bytes_of(&letter->from_branch);
    fact->from_committee_id = bytes_of(&letter->from_committee);
    fact->to_committee_id = bytes_of(&letter->to_committee);
    fact->to_branch_id = bytes_of(&letter->to_branch);
    fact->next_organization_id = bytes_of(next_organization(view, &role));
    fact->next_role = arena_text(arena, role);
    outbox_append(db, arena, &event);
}
