/* SPDX-License-Identifier: Apache-2.0 */
/* DOMAIN: the forms (组通字〔2006〕45号): A4 upright, three parts below each other, a seam line and the number at each.
 * What is not chosen is struck out, as the rules for filling in ask. Pure. */
#include "transfers/paper/sheet.h"
#include "base/banned.h"

const struct sheet_box sheet_letter[] = {
    /* 第一联 */
    { SHEET_TEXT, 15, 12, 40, 0, 9, SHEET_LEFT, "第一联　存根　{copy}" },
    { SHEET_TEXT, 15, 18, 180, 0, 16, SHEET_CENTRE, "中国共产党党员组织关系介绍信存根" },
    { SHEET_TEXT, 115, 12, 80, 0, 10.5, SHEET_RIGHT, "第 {number} 号" },
    { SHEET_TEXT, 15, 32, 108, 0, 11, SHEET_LEFT,
      "　　{name} 同志系中共（ {standing} ）党员，组织关系由 {from_branch} 转到 {to_committee}。" },
    { SHEET_TEXT, 15, 76, 108, 0, 11, SHEET_RIGHT, "{issued_on}" },
    { SHEET_DASHED_FRAME, 130, 32, 65, 50, 0, SHEET_LEFT, "" },
    { SHEET_TEXT, 130, 54, 65, 0, 10, SHEET_CENTRE, "（贴回执联处）" },
    { SHEET_SEAM, 15, 89, 180, 0, 8, SHEET_CENTRE, "第 {number} 号（骑缝章）" },
    /* 第二联 */
    { SHEET_TEXT, 15, 95, 60, 0, 9, SHEET_LEFT, "第二联　介绍信　{copy}" },
    { SHEET_TEXT, 15, 101, 180, 0, 18, SHEET_CENTRE, "中国共产党党员组织关系介绍信" },
    { SHEET_TEXT, 115, 95, 80, 0, 10.5, SHEET_RIGHT, "第 {number} 号" },
    { SHEET_TEXT, 15, 113, 180, 0, 12, SHEET_LEFT, "{to_committee}：" },
    { SHEET_TEXT, 15, 122, 180, 0, 12, SHEET_LEFT,
      "　　{name} 同志（ {sex} ），{age} 岁，{ethnicity}，系中共（ {standing} ）党员，身份证号码 {identity}，由 "
      "{from_branch} "
      "去 {to_committee}，请接转组织关系。该同志党费已交到 {dues}。\n　　（有效期 {validity} 天）" },
    { SHEET_DASHED_FRAME, 148, 153, 42, 30, 0, SHEET_LEFT, "" },
    { SHEET_TEXT, 148, 166, 42, 0, 10, SHEET_CENTRE, "（盖章）" },
    { SHEET_TEXT, 110, 184, 80, 0, 12, SHEET_RIGHT, "{issued_on}" },
    { SHEET_QR, 17, 158, 46, 46, 0, SHEET_LEFT, "" },
    { SHEET_TEXT, 15, 206.5, 60, 0, 8, SHEET_LEFT, "校验码 {code}" },
    { SHEET_TEXT, 15, 211.8, 150, 0, 6.5, SHEET_LEFT, "查验地址：{address}" },
    { SHEET_TEXT, 70, 191.5, 125, 0, 9, SHEET_LEFT,
      "党员联系电话或其他联系方式：{telephone}\n党员原所在基层党委：{from_committee}　电话：{issuer_telephone}\n"
      "通讯地址：　　　　　　　　　　　　　传真：　　　　　　　邮编：" },
    { SHEET_SEAM, 15, 219, 180, 0, 8, SHEET_CENTRE, "第 {number} 号（骑缝章）" },
    /* 第三联 */
    { SHEET_TEXT, 15, 225, 60, 0, 9, SHEET_LEFT, "第三联　回执　{copy}" },
    { SHEET_TEXT, 15, 231, 180, 0, 16, SHEET_CENTRE, "中国共产党党员组织关系介绍信回执联" },
    { SHEET_TEXT, 115, 225, 80, 0, 10.5, SHEET_RIGHT, "第 {number} 号" },
    { SHEET_TEXT, 15, 242, 180, 0, 11, SHEET_LEFT, "{from_committee}：" },
    { SHEET_TEXT, 15, 250, 128, 0, 11, SHEET_LEFT, "　　{name} 同志的党员组织关系已转达我处，特此回复。" },
    { SHEET_DASHED_FRAME, 148, 250, 42, 24, 0, SHEET_LEFT, "" },
    { SHEET_TEXT, 148, 260, 42, 0, 10, SHEET_CENTRE, "（盖章）" },
    { SHEET_TEXT, 110, 276, 80, 0, 11, SHEET_RIGHT, "　　年　　月　　日" },
    { SHEET_TEXT, 15, 276, 100, 0, 10.5, SHEET_LEFT, "经办人：　　　　　　　联系电话：" },
    { 0 },
};

const struct sheet_box sheet_receipt[] = {
    { SHEET_TEXT, 15, 20, 60, 0, 9, SHEET_LEFT, "第三联　回执　{copy}" },
    { SHEET_TEXT, 15, 28, 180, 0, 18, SHEET_CENTRE, "中国共产党党员组织关系介绍信回执联" },
    { SHEET_TEXT, 115, 20, 80, 0, 10.5, SHEET_RIGHT, "第 {number} 号" },
    { SHEET_TEXT, 15, 44, 180, 0, 12, SHEET_LEFT, "{from_committee}：" },
    { SHEET_TEXT, 15, 54, 180, 0, 12, SHEET_LEFT, "　　{name} 同志的党员组织关系已转达我处，特此回复。" },
    { SHEET_TEXT, 110, 68, 85, 0, 12, SHEET_RIGHT, "{to_committee}" },
    { SHEET_DASHED_FRAME, 148, 78, 42, 30, 0, SHEET_LEFT, "" },
    { SHEET_TEXT, 148, 91, 42, 0, 10, SHEET_CENTRE, "（盖章）" },
    { SHEET_TEXT, 110, 112, 80, 0, 12, SHEET_RIGHT, "{printed_on}" },
    { SHEET_TEXT, 15, 112, 100, 0, 10.5, SHEET_LEFT, "经办人：　　　　　　　联系电话：" },
    { SHEET_SEAM, 15, 122, 180, 0, 8, SHEET_CENTRE, "沿此线裁开" },
    { 0 },
};

const struct sheet_box sheet_certificate[] = {
    { SHEET_TEXT, 15, 20, 60, 0, 9, SHEET_LEFT, "{copy}" },
    { SHEET_TEXT, 15, 30, 180, 0, 20, SHEET_CENTRE, "党员证明信" },
    { SHEET_TEXT, 95, 20, 100, 0, 10.5, SHEET_RIGHT, "据组织关系介绍信第 {number} 号" },
    { SHEET_TEXT, 15, 50, 180, 0, 12, SHEET_LEFT, "{to_committee}：" },
    { SHEET_TEXT, 15, 62, 180, 0, 12, SHEET_LEFT,
      "　　兹证明 {name} 同志（ {sex} ），{age} 岁，{ethnicity}，身份证号码 "
      "{identity}，系中共（ {standing} ）党员，组织关系现隶属 "
      "{from_branch}，党费已交到 {dues}。该同志组织关系正在办理转接，手续完结前以此为临时凭证。\n　　特此证明。" },
    { SHEET_TEXT, 110, 106, 85, 0, 12, SHEET_RIGHT, "{issuer}" },
    { SHEET_DASHED_FRAME, 148, 116, 42, 30, 0, SHEET_LEFT, "" },
    { SHEET_TEXT, 148, 129, 42, 0, 10, SHEET_CENTRE, "（盖章）" },
    { SHEET_TEXT, 110, 150, 80, 0, 12, SHEET_RIGHT, "{printed_on}" },
    { SHEET_QR, 17, 112, 46, 46, 0, SHEET_LEFT, "" },
    { SHEET_TEXT, 15, 160, 60, 0, 8, SHEET_LEFT, "校验码 {code}" },
    { SHEET_TEXT, 15, 164, 125, 0, 6.5, SHEET_LEFT, "查验地址：{address}" },
    { SHEET_TEXT, 70, 150, 75, 0, 9, SHEET_LEFT, "联系电话：{issuer_telephone}" },
    { 0 },
};
