/* SPDX-License-Identifier: Apache-2.0 */
/* The laws. Written from the rules, not from the services' sources: the table of states stands here a second time. */
#include "laws.h"

#include <stddef.h>

#define OPEN_STATES                                                                                                    \
    "('draft', 'submitted', 'returned', 'agreed', 'up_review', 'issued', 'recall_asked', 'received', 'file_check',"    \
    " 'refused_in', 'expired', 'lost')"

/* from, event, to; 'none' is before the first step. */
#define STEPS                                                                                                          \
    "(values "                                                                                                         \
    "('none', 'draft', 'draft'), ('none', 'reissue', 'agreed'), ('draft', 'submit', 'submitted'), "                    \
    "('draft', 'cancel', 'cancelled'), ('draft', 'purge', 'cancelled'), "                                              \
    "('submitted', 'agree', 'agreed'), ('submitted', 'return', 'returned'), "                                          \
    "('submitted', 'refuse', 'refused_out'), ('submitted', 'withdraw', 'withdrawn'), "                                 \
    "('returned', 'submit', 'submitted'), ('returned', 'withdraw', 'withdrawn'), "                                     \
    "('returned', 'lapse', 'cancelled'), ('agreed', 'issue', 'issued'), "                                              \
    "('agreed', 'send_up', 'up_review'), ('agreed', 'return', 'returned'), "                                           \
    "('agreed', 'refuse', 'refused_out'), ('agreed', 'withdraw', 'withdrawn'), "                                       \
    "('up_review', 'issue', 'issued'), ('up_review', 'return', 'returned'), "                                          \
    "('up_review', 'refuse', 'refused_out'), ('issued', 'deliver', 'issued'), "                                        \
    "('issued', 'open', 'issued'), ('issued', 'receive', 'received'), ('issued', 'forward', 'issued'), "               \
    "('issued', 'refuse', 'refused_in'), ('issued', 'recall', 'recall_asked'), "                                       \
    "('issued', 'recall', 'voided'), ('issued', 'expire', 'expired'), ('issued', 'report_lost', 'lost'), "             \
    "('recall_asked', 'confirm', 'voided'), ('recall_asked', 'decline', 'issued'), "                                   \
    "('recall_asked', 'receive', 'received'), ('recall_asked', 'expire', 'expired'), "                                 \
    "('received', 'start_file_check', 'file_check'), ('received', 'assign', 'accepted'), "                             \
    "('received', 'refuse', 'refused_in'), ('file_check', 'assign', 'accepted'), "                                     \
    "('file_check', 'refuse', 'refused_in'), ('file_check', 'escalate', 'file_check'), "                               \
    "('submitted', 'remind', 'submitted'), ('submitted', 'escalate', 'submitted'), ('agreed', 'remind', 'agreed'), "   \
    "('agreed', 'escalate', 'agreed'), ('up_review', 'remind', 'up_review'), "                                         \
    "('up_review', 'escalate', 'up_review'), ('issued', 'remind', 'issued'), "                                         \
    "('accepted', 'remind', 'accepted'), ('accepted', 'escalate', 'accepted'), "                                       \
    "('accepted', 'report', 'reported'), ('reported', 'escalate', 'reported'), "                                       \
    "('reported', 'send_receipt', 'receipted'), ('receipted', 'match_stub', 'closed'), "                               \
    "('refused_in', 'correct', 'issued'), ('refused_in', 'reissue', 'voided'), "                                       \
    "('refused_in', 'cancel', 'voided'), ('refused_in', 'escalate', 'refused_in'), "                                   \
    "('expired', 'reissue', 'voided'), ('expired', 'cancel', 'voided'), ('lost', 'reissue', 'voided'), "               \
    "('lost', 'cancel', 'voided'), ('draft', 'void', 'voided'), ('submitted', 'void', 'voided'), "                     \
    "('returned', 'void', 'voided'), ('agreed', 'void', 'voided'), ('up_review', 'void', 'voided'), "                  \
    "('issued', 'void', 'voided'), ('recall_asked', 'void', 'voided'), ('received', 'void', 'voided'), "               \
    "('file_check', 'void', 'voided'), ('refused_in', 'void', 'voided'), ('expired', 'void', 'voided'), "              \
    "('lost', 'void', 'voided'), ('refused_out', 'appeal', 'refused_out'), ('none', 'appeal', 'up_review'), "          \
    "('closed', 'undo', 'closed'), ('none', 'undo', 'up_review'), ('up_review', 'approve', 'agreed'), "                \
    "('up_review', 'approve', 'up_review'), ('up_review', 'approve', 'closed'), "                                      \
    "('issued', 'record_receipt', 'closed'), ('expired', 'record_receipt', 'closed')"                                  \
    ") as step (before, event, after)"

#define FOLLOWERS                                                                                                      \
    "(select 'organizations' as here, source, pos from organizations.cursor"                                           \
    " union all select 'transfers', source, pos from transfers.cursor"                                                 \
    " union all select 'dues', source, pos from dues.cursor"                                                           \
    " union all select 'training', source, pos from training.cursor"                                                   \
    " union all select 'notifications', source, pos from notifications.cursor) as f"

#define SEEN                                                                                                           \
    "(select 'organizations' as here, * from organizations.seen union all select 'transfers', * from transfers.seen"   \
    " union all select 'dues', * from dues.seen union all select 'training', * from training.seen"                     \
    " union all select 'notifications', * from notifications.seen) as s"

#define FEEDS                                                                                                          \
    "(select 'organizations' as source, pos, aggregate, aggregate_id, version from organizations.feed"                 \
    " union all select 'transfers', pos, aggregate, aggregate_id, version from transfers.feed) as e"

#define COPY_OF_MEMBERS(service)                                                                                       \
    "select m.id from organizations.member m full join " service ".member c using (id)"                                \
    " where m.organization_id is distinct from c.organization_id or m.version is distinct from c.version"

const struct law laws[] = {
    { LAW_LOST, "acknowledged step is in the history",
      "select a.n from answer a join ask q using (n) where a.status in (200, 201) and not exists (select from"
      " transfers.letter_history h where h.letter_id = a.letter and h.version = a.version and h.state = a.state"
      " and h.event = q.op)" },
    { LAW_LOST, "acknowledged number is the letter's",
      "select a.n from answer a join transfers.letter l on l.id = a.letter where a.status = 200 and a.number <> ''"
      " and a.number is distinct from l.number_year || '-' || lpad(l.number_serial::text, 6, '0')" },
    { LAW_LOST, "acknowledged key has its stored answer",
      "select distinct q.key from answer a join ask q using (n) where a.status in (200, 201)"
      " and not exists (select from transfers.idempotency i where i.key = q.key)" },
    { LAW_LOST, "accepted letter has moved its member",
      "select l.id from transfers.letter l where l.to_branch_id is not null and not exists (select from"
      " organizations.membership m where m.letter_id = l.id and m.member_id = l.member_id"
      " and m.organization_id = l.to_branch_id)" },

    { LAW_DOUBLED, "one key, one effect",
      "select q.key from answer a join ask q using (n) where a.status in (200, 201) group by q.key"
      " having count(distinct (a.letter, a.version)) > 1" },
    { LAW_DOUBLED, "a stored answer for each step of a person",
      "select a - b from (select (select count(*) from transfers.letter_history where account_id is not null)"
      " - (select count(*) from transfers.letter_history where event in ('reissue', 'appeal', 'undo')"
      " and version = 1) as a,"
      " (select count(*) from transfers.idempotency) as b) x where a <> b" },
    { LAW_DOUBLED, "letters are as many as keys that drafted or re-issued",
      "select a - b from (select (select count(*) from transfers.letter) as a, (select count(*) from"
      " transfers.idempotency where method ~* '/(draft|reissue|appeal|undo)$') as b) x where a <> b" },
    { LAW_DOUBLED, "a member moves by accepted letters only, once for each",
      "select m.letter_id from organizations.membership m left join transfers.letter l on l.id = m.letter_id"
      " where m.letter_id is not null and (l.id is null or l.to_branch_id is null) union all"
      " select letter_id from organizations.membership where letter_id is not null group by letter_id"
      " having count(*) > 1" },
    { LAW_DOUBLED, "one message for each step",
      "select subject_id from notifications.message group by subject_id, version, organization_id, account_id"
      " having count(*) > 1 union all select subject_id from notifications.message where purpose = 'step'"
      " group by subject_id, version having count(*) > 1" },

    { LAW_VIOLATED, "a refused key has no effect",
      "select q.key from ask q left join answer a using (n) group by q.key having bool_and(a.status is not null and"
      " a.status between 400 and 499 and a.status <> 429) and exists (select from transfers.idempotency i"
      " where i.key = q.key)" },
    { LAW_VIOLATED, "versions are 1..n and the letter's is n",
      "select l.id from transfers.letter l left join transfers.letter_history h on h.letter_id = l.id"
      " group by l.id, l.version having count(*) <> l.version or count(distinct h.version) <> l.version"
      " or min(h.version) is distinct from 1 or max(h.version) is distinct from l.version" },
    { LAW_VIOLATED, "history belongs to a letter",
      "select h.letter_id from transfers.letter_history h left join transfers.letter l on l.id = h.letter_id"
      " where l.id is null" },
    { LAW_VIOLATED, "each step stands in the table of states",
      "select h.letter_id from (select letter_id, event, state, coalesce(lag(state) over (partition by letter_id"
      " order by version), 'none') as before from transfers.letter_history) h where not exists (select from " STEPS
      " where step.before = h.before and step.event = h.event and step.after = h.state)" },
    { LAW_VIOLATED, "the letter's state is its last step's",
      "select l.id from transfers.letter l join transfers.letter_history h on h.letter_id = l.id"
      " and h.version = l.version where h.state <> l.state" },
    { LAW_VIOLATED, "numbers have no gap",
      "select c.committee_id from transfers.letter_counter c left join transfers.letter l"
      " on l.number_committee_id = c.committee_id and l.number_year = c.year group by c.committee_id, c.year, c.last"
      " having count(l.id) <> c.last or count(distinct l.number_serial) <> c.last"
      " or coalesce(max(l.number_serial), 0) <> c.last" },
    { LAW_VIOLATED, "an issued letter has its number and its content, no other has",
      "select l.id from transfers.letter l where (l.number_serial is not null) is distinct from (exists (select from"
      " transfers.letter_history h where h.letter_id = l.id and h.event = 'issue')) or (l.number_serial is not null"
      " and not exists (select from transfers.letter_content_history c where c.letter_id = l.id))" },
    { LAW_VIOLATED, "a correction is ended by two accounts, any other letter is never approved in its place",
      "select letter_id from (select l.id as letter_id, l.kind, l.state, count(h.*) as n, count(distinct h.account_id)"
      " as accounts from transfers.letter l left join transfers.letter_history h on h.letter_id = l.id and h.event ="
      " 'approve' and h.state in ('up_review', 'closed') group by l.id) x where (kind = 'correction' and state ="
      " 'closed' and (n <> 2 or accounts <> 2)) or (kind <> 'correction' and n > 0)" },
    { LAW_VIOLATED, "one open letter for a member",
      "select member_id from transfers.letter where state in " OPEN_STATES " group by member_id having count(*) > 1" },
    { LAW_VIOLATED, "one open letter for a member at any time",
      "select member_id from (select l.member_id, l.id, h.state, lag(l.id) over w as last_id, lag(h.state) over w as"
      " last_state from transfers.feed e join transfers.letter l on l.id = e.aggregate_id join transfers.letter_history"
      " h on h.letter_id = l.id and h.version = e.version window w as (partition by l.member_id order by e.pos)) x"
      " where id <> last_id and (last_state in " OPEN_STATES " and state in " OPEN_STATES ")" },
    { LAW_VIOLATED, "a letter starts where the letter before it ended",
      "select id from (select m.member_id as id, l.from_branch_id, lag(m.organization_id) over (partition by "
      "m.member_id"
      " order by m.since) as was from organizations.membership m left join transfers.letter l on l.id = m.letter_id) x"
      " where was is not null and was is distinct from from_branch_id" },
    { LAW_VIOLATED, "one organization at any moment, without a hole",
      "select member_id from (select member_id, until, lead(since) over (partition by member_id order by since) as "
      "next,"
      " letter_id, lag(since) over (partition by member_id order by since) as last from organizations.membership) x"
      " where until is distinct from next or (last is null) is distinct from (letter_id is null)" },
    { LAW_VIOLATED, "the member is where his last membership says",
      "select m.id from organizations.member m left join organizations.membership s on s.member_id = m.id"
      " and s.until is null where s.organization_id is distinct from m.organization_id" },
    { LAW_VIOLATED, "organizations' open letters are transfers'",
      "select coalesce(o.letter_id, l.id) from organizations.open_letter o full join (select id, member_id from"
      " transfers.letter where state in " OPEN_STATES ") l on l.id = o.letter_id where l.id is null"
      " or o.letter_id is null or l.member_id <> o.member_id" },
    { LAW_VIOLATED, "transfers' members are organizations'", COPY_OF_MEMBERS("transfers") },
    { LAW_VIOLATED, "dues' members are organizations'", COPY_OF_MEMBERS("dues") },
    { LAW_VIOLATED, "training's members are organizations'", COPY_OF_MEMBERS("training") },
    { LAW_VIOLATED, "notifications' members are organizations'", COPY_OF_MEMBERS("notifications") },
    { LAW_VIOLATED, "whoever acts next has a message, nobody else",
      "select coalesce(m.subject_id, h.letter_id) from (select * from transfers.letter_history where state not in"
      " ('closed', 'cancelled', 'withdrawn', 'refused_out', 'voided')) h full join (select * from"
      " notifications.message where kind = 'letter' and purpose = 'step') m"
      " on m.subject_id = h.letter_id and m.version = h.version where h.state is distinct from m.state" },
    { LAW_VIOLATED, "nothing waits in an outbox",
      "select aggregate_id from transfers.outbox union all select aggregate_id from organizations.outbox" },
    { LAW_VIOLATED, "positions have no gap",
      "select source from (select source, count(*) as n, count(distinct pos) as d, max(pos) as m from " FEEDS
      " group by source) x join (select 'organizations' as source, head from organizations.feed_epoch union all"
      " select 'transfers', head from transfers.feed_epoch) h using (source) where n <> d or n <> m or n <> head" },
    { LAW_VIOLATED, "versions in a feed are 1..n, in order",
      "select aggregate_id from (select source, aggregate_id, version, row_number() over (partition by source, "
      "aggregate,"
      " aggregate_id order by pos) as place from " FEEDS ") x where version <> place" },
    { LAW_VIOLATED, "a step, an event",
      "select coalesce(h.letter_id, e.aggregate_id) from transfers.letter_history h full join (select * from"
      " transfers.feed where aggregate = 'letter') e on e.aggregate_id = h.letter_id and e.version = h.version"
      " where h.letter_id is null or e.aggregate_id is null" },
    { LAW_VIOLATED, "followers stand at the end of their feed",
      "select here from " FOLLOWERS " join (select 'organizations' as source, head from organizations.feed_epoch"
      " union all select 'transfers', head from transfers.feed_epoch) h using (source) where pos <> head" },
    { LAW_VIOLATED, "followers have seen every version",
      "select k.here || ' ' || e.aggregate_id from (select distinct here, source, aggregate from " SEEN " join " FEEDS
      " using (source, aggregate_id)) k join (select source, aggregate, aggregate_id, max(version) as"
      " version from " FEEDS " group by 1, 2, 3) e using (source, aggregate) left join " SEEN
      " on s.here = k.here and s.source = k.source and s.aggregate_id = e.aggregate_id"
      " where s.version is distinct from e.version" },
    { LAW_VIOLATED, "nothing is parked",
      "select aggregate_id from organizations.parked union all select aggregate_id from transfers.parked"
      " union all select aggregate_id from dues.parked union all select aggregate_id from training.parked"
      " union all select aggregate_id from notifications.parked" },
    { LAW_VIOLATED, "a step, an audit row",
      "select coalesce(h.id, a.id) from (select letter_id as id, count(*) as n from transfers.letter_history group by "
      "1)"
      " h full join (select object_id as id, count(*) as n from transfers.audit where object = 'letter' group by 1) a"
      " using (id) where h.n is distinct from a.n" },
    { LAW_VIOLATED, "audit rows of a letter are one chain",
      "select object_id from transfers.audit a where object = 'letter' and before_hash is not null and (select count(*)"
      " from transfers.audit b where b.object_id = a.object_id and b.after_hash = a.before_hash) <> 1" },
    { LAW_VIOLATED, "a move, an audit row",
      "select a - b from (select (select count(*) from organizations.membership where letter_id is not null) as a,"
      " (select count(*) from organizations.audit where action = 'LetterChanged') as b) x where a <> b" },
    { LAW_VIOLATED, "no process ends by itself", "select what from died" },
    { LAW_VIOLATED, "every command is answered in the end",
      "select key from ask left join answer using (n) group by key having not bool_or(coalesce(status, 0) between 200"
      " and 499 and status <> 429)" },
    { 0 },
};

#define ONE_LETTER "(select id from transfers.letter where number_serial is not null order by id limit 1)"
#define ONE_MOVE   "(select letter_id from organizations.membership where letter_id is not null limit 1)"

const struct damage damages[] = {
    { "a step dropped", "delete from transfers.letter_history where letter_id = " ONE_LETTER " and version = 2" },
    { "a last step dropped", "delete from transfers.letter_history h using transfers.letter l where l.id = " ONE_LETTER
                             " and h.letter_id = l.id and h.version = l.version" },
    { "a state changed",
      "update transfers.letter set state = case state when 'voided' then 'cancelled' else 'voided' end where"
      " id = " ONE_LETTER },
    { "two steps swapped", "update transfers.letter_history set version = 5 - version where letter_id = " ONE_LETTER
                           " and version in (2, 3)" },
    { "a number skipped", "update transfers.letter set number_serial = number_serial + 100000 where id = " ONE_LETTER },
    { "a number taken back", "update transfers.letter_counter set last = last - 1" },
    { "an event dropped", "delete from transfers.feed where pos = (select max(pos) / 2 from transfers.feed)" },
    { "an event doubled",
      "insert into transfers.feed select head + 1, f.at, aggregate, aggregate_id, version, type, payload from"
      " transfers.feed f, transfers.feed_epoch where pos = 5" },
    { "an event forgotten by a follower",
      "delete from notifications.seen where source = 'transfers' and aggregate_id = "
      "(select aggregate_id from transfers.feed order by pos limit 1)" },
    { "a cursor ahead", "update dues.cursor set pos = pos + 1" },
    { "a move dropped", "delete from organizations.membership where letter_id = " ONE_MOVE },
    { "a member in two places",
      "update organizations.member set organization_id = (select id from organizations.organization where kind ="
      " 'committee' limit 1) where id = (select id from organizations.member limit 1)" },
    { "a copy that lags",
      "update dues.member set version = version - 1 where id = (select id from dues.member order by version desc"
      " limit 1)" },
    { "an open letter forgotten",
      "insert into organizations.open_letter select " ONE_MOVE ", m.id, '' from organizations.member m where not exists"
      " (select from organizations.open_letter o where o.member_id = m.id) limit 1" },
    { "a message doubled",
      "delete from notifications.message where id = (select id from notifications.message where purpose = 'step'"
      " limit 1)" },
    { "an audit row dropped",
      "delete from transfers.audit where id = (select id from transfers.audit where object = 'letter' limit 1)" },
    { "a stored answer dropped",
      "delete from transfers.idempotency where key = (select max(key) from transfers.idempotency)" },
    { "an answer that was never durable",
      "update answer set version = version + 1 where n = (select max(n) from answer where status = 200)" },
    { "a key answered twice",
      "insert into ask select n + 1000000, t, p, op, key, kind, letter, member, version from ask where n = (select "
      "max(n)"
      " from answer where status = 200); insert into answer select n + 1000000, t, status, letter, state, version - 1,"
      " number, code, replayed from answer where n = (select max(n) from answer where status = 200 and n < 1000000)" },
    { 0 },
};
