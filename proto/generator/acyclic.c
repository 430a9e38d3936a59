/* SPDX-License-Identifier: Apache-2.0 */
/* A depth-first walk over the types, each visited once: a field that leads to a message on the way there closes a
 * circle. Reports only; the marks are in the messages. */
#include "acyclic.h"

#include "base/banned.h"

/* The way from the first message down to the one being visited. */
struct trail {
    const struct trail *above;
    struct message *message;
};

static const char *
circle_text(struct arena *arena, const struct trail *trail, const struct message *start)
{
    const char *text = start->local;

    for (; trail->message != start; trail = trail->above)
        text = arena_printf(arena, "%s -> %s", trail->message->local, text);
    return arena_printf(arena, "%s -> %s", start->local, text);
}

static void
visit(const struct schema *schema, const struct trail *above, struct message *message, struct findings *findings)
{
    const struct trail trail = { .above = above, .message = message };

    message->mark = MESSAGE_OPEN;
    for (size_t i = 0; i < message->count; i++) {
        struct message *below = message->fields[i].message;

        if (below && below->mark == MESSAGE_UNSEEN)
            visit(schema, &trail, below, findings);
        else if (below && below->mark == MESSAGE_OPEN)
            findings_add(findings, below->place, below->name, "the type contains itself: %s",
                         circle_text(schema->arena, &trail, below));
    }
    message->mark = MESSAGE_DONE;
}

void
acyclic_check(const struct schema *schema, struct findings *findings)
{
    for (struct message *message = schema->messages; message; message = message->next)
        message->mark = MESSAGE_UNSEEN;
    for (struct message *message = schema->messages; message; message = message->next)
        if (message->mark == MESSAGE_UNSEEN)
            visit(schema, NULL, message, findings);
}
