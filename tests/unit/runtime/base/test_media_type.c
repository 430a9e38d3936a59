/* SPDX-License-Identifier: Apache-2.0 */
/* What a file is follows from its bytes. */
#include "base/media_type.h"

#include "support/cmocka_all.h"

static enum media_type
sniff(struct slice first, struct slice second)
{
    struct media_sniffer sniffer = { 0 };

    media_sniff(&sniffer, first);
    media_sniff(&sniffer, second);
    return media_sniffed(&sniffer);
}

static void
the_first_bytes_tell_pictures_and_papers(void **state)
{
    (void)state;
    assert_int_equal(sniff(slice_of("%PDF-1.7\n"), slice_make("\0\1", 2)), MEDIA_PDF);
    assert_int_equal(sniff(slice_of("\xff\xd8\xff\xe0"), slice_of("")), MEDIA_JPEG);
    assert_int_equal(sniff(slice_of("\x89PNG\r\n\x1a\n"), slice_of("")), MEDIA_PNG);
    assert_int_equal(sniff(slice_of(" %PDF-1.7\n"), slice_make("\0\1", 2)), MEDIA_UNKNOWN);
}

static void
an_archive_is_a_workbook_only_with_its_part(void **state)
{
    (void)state;
    assert_int_equal(sniff(slice_of("PK\x03\x04 xxl/workbook.xml"), slice_of("")), MEDIA_XLSX);
    assert_int_equal(sniff(slice_of("PK\x03\x04 word/document.xml"), slice_of("x xl/workbook.xml")), MEDIA_XLSX);
    assert_int_equal(sniff(slice_of("PK\x03\x04 word/document.xml"), slice_of("xl/workbook.xm")), MEDIA_UNKNOWN);
}

static void
a_text_has_no_control_characters(void **state)
{
    (void)state;
    assert_int_equal(sniff(slice_of("\xef\xbb\xbf姓名,性别\r\n"), slice_of("甲\t,男\n")), MEDIA_CSV);
    assert_int_equal(sniff(slice_of("\xd0\xd5\xc3\xfb,\n"), slice_of("")), MEDIA_CSV); /* GB18030 */
    assert_int_equal(sniff(slice_of("a,b\n"), slice_make("\0", 1)), MEDIA_UNKNOWN);
    assert_int_equal(sniff(slice_of("a,b\n"), slice_of("\x1b[0m")), MEDIA_UNKNOWN);
    assert_int_equal(sniff(slice_of("MZ\x90"), slice_make("\0\3", 2)), MEDIA_UNKNOWN);
}

static void
nothing_is_nothing(void **state)
{
    (void)state;
    assert_int_equal(sniff(slice_of(""), slice_of("")), MEDIA_UNKNOWN);
    assert_null(media_type_name(MEDIA_UNKNOWN));
    assert_string_equal(media_type_name(MEDIA_PDF), "application/pdf");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_bytes_tell_pictures_and_papers),
        cmocka_unit_test(an_archive_is_a_workbook_only_with_its_part),
        cmocka_unit_test(a_text_has_no_control_characters),
        cmocka_unit_test(nothing_is_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
