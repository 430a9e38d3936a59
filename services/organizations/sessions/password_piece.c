/* SPDX-License-Identifier: Apache-2.0 */
/* Pieces of passwords. Pure. */
#include "organizations/sessions/password_piece.h"

#include <stdbool.h>
#include <string.h>

#include "base/banned.h"

#define WALK_LEAST   4 /* keys next to one another */
#define REPEAT_LEAST 3

/* In lower case, and without signs for letters. */
static const char *const words[] = {
    /* what systems are delivered with, and what everybody says */
    "password",
    "passwd",
    "pass",
    "admin",
    "administrator",
    "root",
    "user",
    "guest",
    "test",
    "demo",
    "default",
    "login",
    "welcome",
    "hello",
    "changeme",
    "letmein",
    "secret",
    "master",
    "system",
    "super",
    "manager",
    "public",
    "monkey",
    "dragon",
    "football",
    "sunshine",
    "princess",
    "iloveyou",
    "trustno",
    "shadow",
    "access",
    "abc",
    "abcd",
    "qwe",
    "asd",
    "zxc",
    "aa",
    "qq",
    "wx",
    "vip",
    "com",
    "mima",
    "woaini",
    "aini",
    "nihao",
    "baobao",
    "laopo",
    "laogong",
    "woshi",
    "xinnian",
    "kuaile",
    "fafa",
    "baobei",
    "mima",
    "zhanghao",
    "denglu",
    "guanliyuan",
    "ceshi",
    /* this house */
    "liangxin",
    "xinliang",
    "dangjian",
    "dangyuan",
    "dangzhibu",
    "zhibu",
    "dangwei",
    "dangfei",
    "shuji",
    "zuzhi",
    "zuzhibu",
    "gongchandang",
    "zhongguo",
    "china",
    "beidang",
    "hongse",
    "jiedao",
    "shequ",
    "yuanqu",
    "gongwei",
    "secretary",
    "clerk",
    "branch",
    "committee",
    "party",
    "member",
    "两新",
    "党建",
    "党员",
    "党支部",
    "支部",
    "书记",
    "党委",
    "组织部",
    "共产党",
    "中国",
    "不忘初心",
    "牢记使命",
    "为人民服务",
    "密码",
    "管理员",
    "你好",
    /* where one is */
    "beijing",
    "shanghai",
    "tianjin",
    "chongqing",
    "guangzhou",
    "shenzhen",
    "nanjing",
    "suzhou",
    "hangzhou",
    "ningbo",
    "wuhan",
    "chengdu",
    "xian",
    "jinan",
    "qingdao",
    "changsha",
    "zhengzhou",
    "hefei",
    "fuzhou",
    "xiamen",
    "nanchang",
    "kunming",
    "guiyang",
    "nanning",
    "haikou",
    "lanzhou",
    "xining",
    "yinchuan",
    "wulumuqi",
    "lasa",
    "huhehaote",
    "shenyang",
    "dalian",
    "changchun",
    "haerbin",
    "shijiazhuang",
    "taiyuan",
    "wuxi",
    "changzhou",
    "nantong",
    "yangzhou",
    "xuzhou",
    "jiangsu",
    "zhejiang",
    "shandong",
    "guangdong",
    "sichuan",
    "henan",
    "hebei",
    "hunan",
    "hubei",
    "anhui",
    "fujian",
    "jiangxi",
    "shanxi",
    "shaanxi",
    "yunnan",
    "guizhou",
    "gansu",
    "qinghai",
    "hainan",
    "liaoning",
    "jilin",
    "heilongjiang",
    "neimenggu",
    "guangxi",
    "ningxia",
    "xinjiang",
    "xizang",
    "shifan",
    "示例市",
    /* numbers that mean something */
    "520",
    "521",
    "1314",
    "5201314",
    "888",
    "666",
    "168",
    "147",
    "258",
    "369",
    "159",
    "357",
    "1921",
    "10086",
    "95598",
};

/* Rows, columns and zigzags of the keyboard; walked either way. */
static const char *const walks[] = {
    "`1234567890-=",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "!@#$%^&*()_+",
    "zaqxswcdevfrbgtnhymju",
    "zaq12wsx",
    "741852963",
    "abcdefghijklmnopqrstuvwxyz",
    "112233445566778899",
    "0123456789",
};

static char
fold(char c)
{
    static const char signs[] = "@4$5013!";
    static const char letters[] = "aassoiei";
    const char *sign = c ? strchr(signs, c) : NULL;

    if (c >= 'A' && c <= 'Z')
        return (char)(c - 'A' + 'a');
    return sign ? letters[sign - signs] : c;
}

static char
lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static size_t
longest_word(struct slice text)
{
    size_t longest = 0;

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t size = strlen(words[i]);
        size_t n = 0;

        while (n < size && n < text.size && (lower(text.data[n]) == words[i][n] || fold(text.data[n]) == words[i][n]))
            n++;
        if (n == size && size > longest)
            longest = size;
    }
    return longest;
}

/* Steps that the text goes along with from this place of a walk. */
static size_t
steps(struct slice text, const char *walk, size_t from, bool back)
{
    size_t n = 0;
    size_t length = strlen(walk);

    while (n < text.size && (back ? n <= from : from + n < length) &&
           lower(text.data[n]) == walk[back ? from - n : from + n])
        n++;
    return n;
}

static size_t
longest_walk(struct slice text)
{
    size_t longest = 0;

    for (size_t i = 0; i < sizeof walks / sizeof *walks; i++)
        for (size_t from = 0; walks[i][from]; from++) {
            size_t ahead = steps(text, walks[i], from, false);
            size_t back = steps(text, walks[i], from, true);

            if (ahead > longest)
                longest = ahead;
            if (back > longest)
                longest = back;
        }
    return longest >= WALK_LEAST ? longest : 0;
}

static size_t
repetition(struct slice text)
{
    size_t n = 1;

    while (n < text.size && text.data[n] == text.data[0])
        n++;
    return n >= REPEAT_LEAST ? n : 0;
}

static int
digits(struct slice text, size_t from, size_t count)
{
    int number = 0;

    for (size_t i = from; i < from + count; i++) {
        if (i >= text.size || text.data[i] < '0' || text.data[i] > '9')
            return -1;
        number = number * 10 + (text.data[i] - '0');
    }
    return number;
}

/* 1900 to 2099, and a day behind it: 2026, 20261121. */
static size_t
year(struct slice text)
{
    int number = digits(text, 0, 4);
    int month = digits(text, 4, 2);
    int day = digits(text, 6, 2);

    if (number < 1900 || number > 2099)
        return 0;
    return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? 8 : 4;
}

size_t
password_piece(struct slice text)
{
    static size_t (*const kinds[])(struct slice) = { longest_word, longest_walk, repetition, year };
    size_t longest = 0;

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t size = text.size ? kinds[i](text) : 0;

        if (size > longest)
            longest = size;
    }
    return longest;
}

size_t
password_rest(struct slice text)
{
    size_t rest = 0;

    for (size_t i = 0; i < text.size;) {
        size_t size = password_piece(slice_make(text.data + i, text.size - i));

        rest += size == 0;
        i += size ? size : 1;
    }
    return rest;
}
