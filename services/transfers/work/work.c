/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of open work. Domain: pure, any thread. */
#include "transfers/work/work.h"

#include "transfers/clocks/expectation.h"
#include "base/banned.h"

#define DAY_US  INT64_C(86400000000)
#define EAST_US INT64_C(28800000000) /* Asia/Shanghai is ahead of UTC */

static void
add(struct work_rules *rules, enum letter_kind kind, enum letter_state state, enum work_basis basis, date_t begun_by)
{
    rules->rule[rules->count++] = (struct work_rule){
        .kind = kind, .state = state, .basis = basis, .before = basis ? ((int64_t)begun_by + 1) * DAY_US - EAST_US : 0
    };
}

static void
add_waiting(struct work_rules *rules, enum letter_kind kind, work_may *may, const void *actor)
{
    for (int state = LETTER_NONE + 1; state < LETTER_STATE_END; state++) {
        enum letter_event event = letter_expected_event(kind, (enum letter_state)state);

        if (event != LETTER_EVENT_END && may(actor, letter_event_permission(event)))
            add(rules, kind, (enum letter_state)state, WORK_ALWAYS, 0);
    }
}

void
work_waiting(work_may *may, const void *actor, struct work_rules *ret_rules)
{
    *ret_rules = (struct work_rules){ .way = WORK_TURN };
    for (int kind = 0; kind < LETTER_KIND_END; kind++)
        add_waiting(ret_rules, (enum letter_kind)kind, may, actor);
}

/* The first of a state's clocks is the first to run out. */
static const struct letter_clock *
clock_of(enum letter_state state)
{
    for (size_t i = 0; i < letter_clocks_count; i++)
        if (letter_clocks[i].state == state)
            return &letter_clocks[i];
    return NULL;
}

void
work_due_soon(work_may *may, const void *actor, date_t today, int days, const struct workday_calendar *calendar,
              struct work_rules *ret_rules)
{
    struct work_rules all;
    date_t horizon = today + days + 1;

    work_waiting(may, actor, &all);
    *ret_rules = (struct work_rules){ .way = WORK_TURN };
    for (size_t i = 0; i < all.count; i++) {
        enum letter_kind kind = all.rule[i].kind;
        enum letter_state state = all.rule[i].state;
        const struct letter_clock *clock = clock_of(state);

        if (state == LETTER_ISSUED || state == LETTER_RECALL_ASKED)
            add(ret_rules, kind, state, WORK_BY_VALIDITY, today + days);
        else if (clock)
            add(ret_rules, kind, state, clock->basis == CLOCK_FROM_STATE ? WORK_BY_STATE : WORK_BY_RECEIPT,
                letter_clock_begun_by(clock, horizon, calendar));
    }
}

static void
add_all(struct work_rules *rules, bool ended)
{
    for (int kind = 0; kind < LETTER_KIND_END; kind++)
        for (int state = LETTER_NONE + 1; state < LETTER_STATE_END; state++)
            if (letter_is_terminal((enum letter_state)state) == ended)
                add(rules, (enum letter_kind)kind, (enum letter_state)state, WORK_ALWAYS, 0);
}

void
work_under_way(struct work_rules *ret_rules)
{
    *ret_rules = (struct work_rules){ .way = WORK_ELSEWHERE };
    add_all(ret_rules, false);
}

void
work_done(struct work_rules *ret_rules)
{
    *ret_rules = (struct work_rules){ .way = WORK_ENDED };
    add_all(ret_rules, true);
}
