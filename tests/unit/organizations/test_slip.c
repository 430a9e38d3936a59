/* SPDX-License-Identifier: Apache-2.0 */
/* The slips for the first log-in: what others have typed is text there and nothing else. */
#include "organizations/accounts/ledger_post.h"
#include "organizations/accounts/slip.h"
#include "support/cmocka_all.h"

static void
a_name_is_no_markup(void **state)
{
    struct strbuf page;

    (void)state;
    strbuf_init(&page, 10000);
    slips_open(&page);
    slips_add(&page, &(struct slip){ .organization = "<b>\"甲\" & 'x'</b>",
                                     .title = "党组织书记",
                                     .person = "<script>",
                                     .account = "a-secretary",
                                     .code = "AAAA-BBBB-CCCC-DDDD",
                                     .until = "2026-11-28" });
    slips_close(&page);
    assert_false(page.failed);
    assert_non_null(strstr(page.data, "&lt;b&gt;&quot;甲&quot; &amp; &#39;x&#39;&lt;/b&gt;"));
    assert_non_null(strstr(page.data, "&lt;script&gt;"));
    assert_null(strstr(page.data, "<script"));
    assert_null(strstr(page.data, "http"));
    assert_non_null(strstr(page.data, "</html>"));
    strbuf_done(&page);
}

static void
the_ledger_calls_for_roles_of_the_table(void **state)
{
    (void)state;
    assert_true(ledger_post_role(""));
    assert_true(ledger_post_role("committee_clerk"));
    assert_false(ledger_post_role("city_clerk"));
    assert_string_equal(ledger_post_title("branch_secretary"), "党组织书记");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_no_markup),
        cmocka_unit_test(the_ledger_calls_for_roles_of_the_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
