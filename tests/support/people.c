/* SPDX-License-Identifier: Apache-2.0 */
/* Invented members. Any thread. */
#include "support/people.h"

#define DAYS_EACH   28
#define MONTHS_EACH 12
#define SERIALS     900 /* of one birthday */

static char
check_digit(const char *number)
{
    static const int weight[17] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
    int sum = 0;

    for (int i = 0; i < 17; i++)
        sum += weight[i] * (number[i] - '0');
    return "10X98765432"[sum % 11];
}

void
people_head(FILE *out)
{
    fputs("姓名,性别,民族,公民身份号码,出生日期,学历,入党日期,转正日期,党员类型,组织编码,工作单位代码,手机号码,"
          "党内职务,人员类别,党费计算基数,流动党员\n",
          out);
}

void
people_row(FILE *out, int n, const char *organization)
{
    static const char *const family[] = { "陈", "李", "王", "张", "刘", "赵", "周", "吴", "徐", "孙" };
    static const char *const given[] = { "远", "宁", "安", "海", "明", "雪", "峰", "兰", "平", "清", "怡" };
    int day = n / SERIALS;
    int serial = 100 + n % SERIALS;
    int of_month = 1 + day % DAYS_EACH;
    int month = 1 + day / DAYS_EACH % MONTHS_EACH;
    int year = 1970 + day / DAYS_EACH / MONTHS_EACH;
    char number[32];

    snprintf(number, sizeof number, "320698%04d%02d%02d%03d", year, month, of_month, serial);
    fprintf(out, "%s%s,%s,汉族,%s%c,%04d-%02d-%02d,大专,2012-07-01,2013-07-01,正式党员,%s,,,,在职,,否\n",
            family[n % 10], given[n % 11], serial % 2 ? "男" : "女", number, check_digit(number), year, month, of_month,
            organization);
}
