// SPDX-License-Identifier: Apache-2.0
// The clerk of the town's committee (党委经办人): reads the figures, looks after letters and members, answers messages.
import assert from 'node:assert/strict'
import { day, logIn } from '../../browser/day.mjs'

await day('town_clerk', {
  'logs in': logIn,

  'sees the figures of the town': async ({ see, accessible, picture }) => {
    await see('数据截至')
    await see('784 / 784')
    await see('228 / 784')
    await see('134')
    await accessible()
    await picture('board')
  },

  'looks at what is to be done': async ({ page, see, accessible }) => {
    await page.getByRole('link', { name: '待办' }).first().click()
    await see('任期届满')
    await accessible()
  },

  'finds the letter that is closed': async ({ page, see, accessible, picture }) => {
    await page.getByRole('link', { name: '关系转接' }).click()
    await see('2026-000001')
    await accessible()
    await picture('letters')
    await page.getByRole('link', { name: '2026-000001' }).click()
    await see('经过')
    await see('回执贴存根')
    await accessible()
    await picture('letter')
  },

  'filters by state, in the address': async ({ page, go, see }) => {
    await go('/letters?state=draft')
    await see('没有符合条件的记录')
    assert.equal(await page.getByRole('link', { name: '2026-000001' }).count(), 0)
  },

  'pages through the members': async ({ page, see, accessible, picture }) => {
    await page.getByRole('link', { name: '党员', exact: true }).click()
    await see('第 1–50 条')
    await accessible()
    await picture('members')
    await page.getByRole('button', { name: '下一页' }).click()
    await see('第 51–100 条')
  },

  'reads a masked number, saying why': async ({ page, see, accessible }) => {
    await page.getByRole('row').nth(1).getByRole('link').first().click()
    await see('公民身份号码')
    await accessible()
    const masked = page.locator('.number').first()
    assert.match(await masked.innerText(), /\*/)
    await page.getByRole('button', { name: '查看原值' }).first().click()
    await page.getByLabel('查看原因').fill('核对组织关系介绍信')
    await page.getByRole('dialog').getByRole('button', { name: /确\s*定/ }).click()
    await page.waitForFunction(() => /^\d{17}[\dX]$/.test(document.querySelector('.number')?.textContent ?? ''))
  },

  'reads the messages': async ({ page, see, accessible }) => {
    await page.getByRole('link', { name: '消息' }).first().click()
    await see('时间')
    await page.getByRole('button', { name: '全部标为已读' }).click()
    await accessible()
  },

  'reads everything in English': async ({ page, see, go }) => {
    await page.getByRole('button', { name: '当前岗位' }).click()
    await page.getByRole('menuitem', { name: 'English' }).click()
    await go('/letters')
    await see('Transfers')
  },

  'logs out': async ({ page }) => {
    await page.getByRole('button', { name: 'Acting post' }).click()
    await page.getByRole('menuitem', { name: 'Log out' }).click()
    await page.locator('#name').waitFor()
  },
})
