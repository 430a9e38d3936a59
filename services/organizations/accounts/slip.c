/* SPDX-License-Identifier: Apache-2.0 */
/* Slips as HTML. Pure. */
#include "organizations/accounts/slip.h"

#include "base/banned.h"

static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>首次登录凭条</title>\n<style>\n"
    "@page{size:A4;margin:10mm}\n"
    "body{margin:0;font:11pt/1.5 \"Noto Serif CJK SC\",\"SimSun\",serif;display:grid;grid-template-columns:1fr 1fr}\n"
    "section{border:1px dashed #666;padding:5mm;height:58mm;box-sizing:border-box;break-inside:avoid;overflow:hidden}\n"
    "h1{font-size:12pt;margin:0 0 2mm}\np{margin:0 0 1mm}\n"
    "b{font-family:\"Noto Sans Mono\",\"Consolas\",monospace;font-size:12pt}\n"
    "small{font-size:8.5pt;color:#333}\n</style></head>\n<body>\n";

/* What HTML reads as markup, in text and between quotes. */
static void
add_escaped(struct strbuf *page, const char *text)
{
    static const struct {
        char c;
        const char *entity;
    } marks[] = { { '&', "&amp;" }, { '<', "&lt;" }, { '>', "&gt;" }, { '"', "&quot;" }, { '\'', "&#39;" } };

    for (; *text; text++) {
        const char *entity = NULL;

        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
            if (marks[i].c == *text)
                entity = marks[i].entity;
        if (entity)
            strbuf_text(page, entity);
        else
            strbuf_char(page, *text);
    }
}

static void
add_line(struct strbuf *page, const char *open, const char *text, const char *close)
{
    strbuf_text(page, open);
    add_escaped(page, text);
    strbuf_text(page, close);
}

void
slips_open(struct strbuf *page)
{
    strbuf_text(page, head);
}

void
slips_add(struct strbuf *page, const struct slip *slip)
{
    add_line(page, "<section><h1>", slip->organization, "</h1>\n");
    add_line(page, "<p>", slip->title, "　");
    add_line(page, "", slip->person, "</p>\n");
    add_line(page, "<p>用户名　<b>", slip->account, "</b></p>\n");
    add_line(page, "<p>激活码　<b>", slip->code, "</b></p>\n");
    add_line(page, "<p><small>有效期至 ", slip->until, "。");
    strbuf_text(page, "激活码只能使用一次。登录后请立即设置本人密码（至少 10 个字），"
                      "设置后请销毁本凭条。请勿拍照或转发。</small></p></section>\n");
}

void
slips_close(struct strbuf *page)
{
    strbuf_text(page, "</body></html>\n");
}
