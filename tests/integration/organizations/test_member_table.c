/* SPDX-License-Identifier: Apache-2.0 */
/* Members of a month: start + in - out = end for every organization and month, each month begins as the one before
 * ended, and every figure is what the history says when each member's life is walked by itself. */
#include <liangxin/organizations/v1/organizations.facts.h>

#include "desk.h"

/* Half a year of a district: its members are recorded one after another, one in five is transferred, some of those
 * again, one in seven leaves in each of the ways, one in eleven had come from another city; a branch changes hands. */
static const char *const half_a_year[] = {
    "update relation set since = date '2026-05-10'",
    "create table nth as select id, row_number() over (order by id) as n from member",
    "create table branch as select id, row_number() over (order by code) as n, count(*) over () as total"
    "  from organization where kind in ('branch', 'joint_branch') and code like 'D0001%'",
    "update membership s set since = timestamptz '2026-05-10 12:00+08' + (r.n % 90) * interval '1 day'"
    "  from nth r where r.id = s.member_id",
    "update membership s set letter_id = gen_random_uuid() from nth r where r.id = s.member_id and r.n % 11 = 3",
    "with moved as (update membership s set until = s.since + interval '25 days' from nth r"
    "   where r.id = s.member_id and r.n % 5 = 0 and s.until is null returning s.member_id, s.until, r.n)"
    " insert into membership (member_id, organization_id, since, letter_id)"
    " select m.member_id, b.id, m.until, gen_random_uuid() from moved m join branch b on b.n = 1 + m.n % b.total",
    "with moved as (update membership s set until = s.since + interval '20 days' from nth r"
    "   where r.id = s.member_id and r.n % 10 = 0 and s.until is null returning s.member_id, s.until, r.n)"
    " insert into membership (member_id, organization_id, since, letter_id)"
    " select m.member_id, b.id, m.until, gen_random_uuid() from moved m join branch b on b.n = 1 + m.n / 3 % b.total",
    "with gone as (update membership s set until = s.since + interval '40 days' from nth r"
    "   where r.id = s.member_id and r.n % 7 = 1 and s.until is null"
    "   returning s.member_id, s.organization_id, s.until, r.n)"
    " insert into member_status_history (member_id, version, status, since, organization_id, at, role, note)"
    " select member_id, 9, (array['deceased', 'expelled', 'withdrawn', 'removed', 'suspended', 'moved_out'])"
    "        [1 + n / 7 % 6], until::date, organization_id, until, 'committee_clerk', '' from gone",
    "update relation set until = date '2026-07-15' where kind = 'line' and organization_id ="
    "  (select id from organization where code = 'D00010001001')",
    "insert into relation (organization_id, superior_id, kind, scope, since)"
    " select b.id, c.id, 'line', 'write', date '2026-07-15' from organization b, organization c"
    "  where b.code = 'D00010001001' and c.code = 'D00010002'",
    "update member m set organization_id = s.organization_id from membership s"
    " where s.member_id = m.id and s.until is null",
    "update member m set status = h.status, left_on = h.since from member_status_history h where h.member_id = m.id "
    "and h.version = 9",
    "drop table nth",
    "drop table branch",
};

struct stay {
    struct id member;
    struct id organization;
    instant_t since;
    instant_t until; /* INT64_MAX: still there */
    bool by_letter;
    const char *status; /* NULL: not left */
};

struct link {
    struct id below;
    struct id above;
    date_t since;
    date_t until;
};

struct life {
    struct stay *stays; /* by member and time */
    int n_stays;
    struct link *links;
    int n_links;
    struct id *organizations;
    int n_organizations;
};

static const struct db_statement sql_stays = {
    "test_stays",
    "SELECT s.member_id, s.organization_id, s.since, s.until, s.letter_id IS NOT NULL AS by_letter, h.status"
    "  FROM membership s LEFT JOIN member_status_history h ON h.member_id = s.member_id AND h.at = s.until"
    " ORDER BY s.member_id, s.since",
};

static const struct db_statement sql_links = {
    "test_links",
    "SELECT organization_id, superior_id, since, until FROM relation WHERE kind = 'line'",
};

static const struct db_statement sql_all = { "test_all", "SELECT id FROM organization ORDER BY code" };

static struct life
read_life(struct desk *desk)
{
    struct db_args none = { 0 };
    struct db_rows *rows;
    struct life life;

    assert_null(db_query(desk->db, desk->arena, &sql_stays, &none, &rows));
    life.n_stays = db_count(rows);
    life.stays = arena_array(desk->arena, (size_t)life.n_stays, sizeof *life.stays);
    for (int i = 0; i < life.n_stays; i++)
        life.stays[i] = (struct stay){
            .member = db_id(rows, i, "member_id"),
            .organization = db_id(rows, i, "organization_id"),
            .since = db_instant(rows, i, "since"),
            .until = db_is_null(rows, i, "until") ? INT64_MAX : db_instant(rows, i, "until"),
            .by_letter = db_bool(rows, i, "by_letter"),
            .status = db_text(rows, i, "status"),
        };
    assert_null(db_query(desk->db, desk->arena, &sql_links, &none, &rows));
    life.n_links = db_count(rows);
    life.links = arena_array(desk->arena, (size_t)life.n_links, sizeof *life.links);
    for (int i = 0; i < life.n_links; i++)
        life.links[i] = (struct link){
            .below = db_id(rows, i, "organization_id"),
            .above = db_id(rows, i, "superior_id"),
            .since = db_date(rows, i, "since"),
            .until = db_is_null(rows, i, "until") ? INT32_MAX : db_date(rows, i, "until"),
        };
    assert_null(db_query(desk->db, desk->arena, &sql_all, &none, &rows));
    life.n_organizations = db_count(rows);
    life.organizations = arena_array(desk->arena, (size_t)life.n_organizations, sizeof *life.organizations);
    for (int i = 0; i < life.n_organizations; i++)
        life.organizations[i] = db_id(rows, i, "id");
    return life;
}

static bool
below(const struct life *life, struct id organization, const struct id *top, date_t day)
{
    for (int depth = 0; depth < 9; depth++) {
        int i = 0;

        if (id_equal(&organization, top))
            return true;
        while (i < life->n_links && !(id_equal(&life->links[i].below, &organization) && life->links[i].since <= day &&
                                      life->links[i].until > day))
            i++;
        if (i == life->n_links)
            return false;
        organization = life->links[i].above;
    }
    return false;
}

static instant_t
begin_of(date_t day)
{
    return ((int64_t)day * 24 - 8) * INT64_C(3600000000);
}

static void
leaves(const char *status, MemberTable *table)
{
    const struct {
        const char *status;
        int64_t *count;
    } ways[] = {
        { "deceased", &table->deceased }, { "expelled", &table->expelled },   { "withdrawn", &table->withdrawn },
        { "removed", &table->removed },   { "suspended", &table->suspended }, { "moved_out", &table->city_out },
    };

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (strcmp(ways[i].status, status) == 0)
            ++*ways[i].count;
}

/* One member's stays, walked in their order through the month. */
static void
walk(const struct life *life, const struct stay *stays, int count, const struct id *top, date_t first, date_t last,
     MemberTable *table)
{
    instant_t begins = begin_of(first);
    instant_t ends = begin_of(last + 1);

    for (int i = 0; i < count; i++) {
        const struct stay *stay = &stays[i];
        bool inside = below(life, stay->organization, top, last);
        bool before = i > 0 && below(life, stays[i - 1].organization, top, last);
        bool after = i + 1 < count && below(life, stays[i + 1].organization, top, last);

        if (stay->since < begins && stay->until >= begins) {
            bool was = below(life, stay->organization, top, first - 1);

            table->members_start += was;
            table->organization_in += inside && !was;
            table->organization_out += was && !inside;
        }
        table->members_end += inside && stay->since < ends && stay->until >= ends;
        if (inside && !before && stay->since >= begins && stay->since < ends) {
            table->members_in++;
            if (i > 0)
                table->transferred_in++;
            else if (stay->by_letter)
                table->city_in++;
            else
                table->recorded++;
        }
        if (inside && !after && stay->until >= begins && stay->until < ends) {
            table->members_out++;
            if (i + 1 < count)
                table->transferred_out++;
            else
                leaves(stay->status, table);
        }
    }
}

static void
recount(const struct life *life, const struct id *top, date_t first, date_t last, MemberTable *ret_table)
{
    for (int i = 0, n; i < life->n_stays; i += n) {
        for (n = 1; i + n < life->n_stays && id_equal(&life->stays[i].member, &life->stays[i + n].member); n++)
            ;
        walk(life, life->stays + i, n, top, first, last, ret_table);
    }
    ret_table->members_in += ret_table->organization_in;
    ret_table->members_out += ret_table->organization_out;
}

static status_t
table_of(struct desk *desk, const struct id *organization, const char *month, MemberTable **ret_table)
{
    TabulateMembersRequest *in = tabulate_members_request_new(desk->arena);
    ProtobufCMessage *out = NULL;
    char id[ID_SIZE];
    status_t st;

    id_format(organization, id);
    in->id = arena_text(desk->arena, id);
    in->month = wire_text(month);
    st = desk_call(desk, desk_method(&organizations_tabulate_members), &in->base, 0, &out);
    *ret_table = (MemberTable *)out;
    return st;
}

static int
open_half_a_year(void **state)
{
    struct desk *desk = desk_open();

    desk_load(desk, "district");
    for (size_t i = 0; i < sizeof half_a_year / sizeof *half_a_year; i++)
        test_pg_run(desk->pg, "organizations", half_a_year[i]);
    *state = desk;
    return 0;
}

static int
close_desk(void **state)
{
    desk_close(*state);
    return 0;
}

static void
assert_tables_equal(const MemberTable *told, const MemberTable *counted)
{
    assert_int_equal(told->members_start, counted->members_start);
    assert_int_equal(told->members_in, counted->members_in);
    assert_int_equal(told->members_out, counted->members_out);
    assert_int_equal(told->members_end, counted->members_end);
    assert_int_equal(told->recorded, counted->recorded);
    assert_int_equal(told->transferred_in, counted->transferred_in);
    assert_int_equal(told->city_in, counted->city_in);
    assert_int_equal(told->organization_in, counted->organization_in);
    assert_int_equal(told->transferred_out, counted->transferred_out);
    assert_int_equal(told->city_out, counted->city_out);
    assert_int_equal(told->organization_out, counted->organization_out);
    assert_int_equal(told->deceased, counted->deceased);
    assert_int_equal(told->expelled, counted->expelled);
    assert_int_equal(told->withdrawn, counted->withdrawn);
    assert_int_equal(told->removed, counted->removed);
    assert_int_equal(told->suspended, counted->suspended);
}

static void
every_organizations_months_close_and_are_what_history_says(void **state)
{
    static const char *const months[] = { "2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10" };
    struct desk *desk = *state;
    struct life life = read_life(desk);
    int64_t reparented = 0;
    int64_t flows = 0;

    assert_true(life.n_stays > 600 && life.n_organizations > 70);
    for (int i = 0; i < life.n_organizations; i++) {
        int64_t before = 0;

        for (size_t m = 0; m < sizeof months / sizeof *months; m++) {
            MemberTable counted = LIANGXIN__ORGANIZATIONS__V1__MEMBER_TABLE__INIT;
            MemberTable *told;
            month_t month;

            assert_true(month_parse(slice_of(months[m]), &month));
            assert_null(table_of(desk, &life.organizations[i], months[m], &told));
            recount(&life, &life.organizations[i], month_first_day(month), month_first_day(month + 1) - 1, &counted);
            assert_tables_equal(told, &counted);
            assert_int_equal(told->members_start + told->members_in - told->members_out, told->members_end);
            assert_int_equal(told->members_start, before);
            before = told->members_end;
            reparented += told->organization_in;
            flows += told->transferred_in + told->city_in + told->city_out + told->deceased;
        }
    }
    assert_true(reparented > 0);
    assert_true(flows > 100);
}

static void
the_district_ends_where_its_totals_stand(void **state)
{
    struct desk *desk = *state;
    struct id district = { { 0 } };
    MemberTable *table;

    assert_true(id_parse(slice_of(desk_organization(desk, "D0001")->id), &district));
    assert_null(table_of(desk, &district, "2026-10", &table));
    assert_string_equal(table->through, "2026-10-31");
    assert_int_equal(table->members_end, desk_summary(desk, "D0001")->members);
}

static void
a_later_month_and_a_stranger_are_refused(void **state)
{
    struct desk *desk = *state;
    struct id district = { { 0 } };
    MemberTable *table;

    assert_true(id_parse(slice_of(desk_organization(desk, "D0001")->id), &district));
    assert_true(status_is(table_of(desk, &district, "2199-01", &table), PROBLEM_OUT_OF_RANGE));
    desk_act_at(desk, "D00010001001");
    assert_true(status_is(table_of(desk, &district, "2026-10", &table), PROBLEM_NOT_FOUND));
    desk_act_at(desk, "ROOT");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_organizations_months_close_and_are_what_history_says),
        cmocka_unit_test(the_district_ends_where_its_totals_stand),
        cmocka_unit_test(a_later_month_and_a_stranger_are_refused),
    };

    return cmocka_run_group_tests(tests, open_half_a_year, close_desk);
}
