// SPDX-License-Identifier: Apache-2.0
// The clerk of the city (市级管理员): walks down the tree, finds an organization by name, reads a unit's ledger, checks a
// ledger before it is written, exports one, gives somebody an account.
import assert from 'node:assert/strict'
import { day, logIn } from '../../browser/day.mjs'

const stamp = Date.now().toString(36)
const header = '统一社会信用代码,单位名称,单位类型,行业,区划代码,所在园区,经营状况,职工人数,业主姓名,业主是否党员,党组织编码,覆盖方式,党建工作指导员'
const ledger = `\uFEFF${header}\r\n123,没有代码的单位,非公有制企业,,320698001,,正常经营,十,,,,,\r\n`

await day('city_office', {
  'logs in': logIn,

  'walks down the tree': async ({ page, go, see, accessible, picture }) => {
    await go('/organizations')
    const tree = page.getByRole('tree')
    await tree.getByText('江滨区两新组织党工委').waitFor()
    await page.locator('.ant-tree-treenode').filter({ hasText: '江滨区两新组织党工委' }).locator('.ant-tree-switcher').click()
    await page.getByText('滨河街道综合党委').first().click()
    await see('D00010001')
    await accessible()
    await picture('organizations')
  },

  'sees what stands in the way of an end': async ({ page, see, accessible }) => {
    await page.getByRole('tab', { name: '撤销与合并' }).click()
    await see('以下事项处理完毕后才能撤销或合并')
    await see('个下级组织')
    assert.ok(await page.getByRole('button', { name: /^撤\s*销$/ }).isDisabled())
    await accessible()
  },

  'finds an organization by some letters of its name': async ({ page, see, accessible }) => {
    await page.getByRole('tab', { name: '名录查找' }).click()
    await page.getByLabel('名称').fill('和盛')
    await page.getByLabel('名称').press('Enter')
    await see('和盛行业协会党支部')
    assert.match(page.url(), /name=/)
    await accessible()
    await page.getByRole('link', { name: '和盛行业协会党支部' }).click()
    await see('Z00010001')
    await page.getByRole('tab', { name: '党员' }).click()
    await see('正式党员')
  },

  'looks through the units': async ({ page, see, accessible, picture }) => {
    await page.getByRole('link', { name: '两新单位' }).click()
    await see('第 1–50 条')
    await accessible()
    await picture('units')
  },

  'reads the five-clear ledger of one': async ({ page, see, accessible, picture }) => {
    await page.getByRole('row').nth(1).getByRole('link').first().click()
    await page.getByRole('tab', { name: '五清台账' }).waitFor()
    await accessible()
    await page.getByRole('tab', { name: '五清台账' }).click()
    await see('经营状况清')
    await accessible()
    await picture('unit')
  },

  'records a talk with its owner': async ({ page, see, accessible }) => {
    await page.getByRole('tab', { name: '业主谈话' }).click()
    await page.getByRole('button', { name: '登记谈话' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('谈话日期').fill('2026-11-20')
    await dialog.getByLabel('谈话日期').press('Enter')
    await dialog.getByLabel('谈话人').fill('街道组织委员')
    await dialog.getByLabel('顾虑').fill(`担心影响生产 ${stamp}`)
    await dialog.getByRole('button', { name: /确\s*定/ }).click()
    await see(`担心影响生产 ${stamp}`)
    await accessible()
  },

  'begins an import: which ledger': async ({ page, see, accessible }) => {
    await page.getByRole('link', { name: '台账导入' }).click()
    await accessible()
    await page.getByRole('button', { name: '导入台账' }).click()
    await page.getByRole('radio', { name: '两新单位' }).check()
    await see('下载模板')
    await accessible()
    await page.getByRole('button', { name: '下一步' }).click()
  },

  'the dry run tells every error and writes nothing': async ({ page, see, accessible, picture }) => {
    const file = { name: `units-${stamp}.csv`, mimeType: 'text/csv', buffer: Buffer.from(ledger) }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.waitForURL(/\/imports\/[0-9a-f-]{36}$/)
    await see('1 行有错误')
    await see('下载批注文件')
    assert.equal(await page.getByRole('button', { name: /^提\s*交$/ }).count(), 0)
    await accessible()
    await picture('import')
  },

  'cancels it': async ({ page, see }) => {
    await page.getByRole('button', { name: '取消导入' }).click()
    await see('已取消')
  },
  'takes a ledger away as a file': async ({ page, see, accessible, picture }) => {
    await page.getByRole('link', { name: '下载中心' }).click()
    await page.getByRole('button', { name: '导出台账' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('台账').click()
    await page.locator('.ant-select-item-option').filter({ hasText: '两新单位' }).click()
    await dialog.getByRole('button', { name: /确\s*定/ }).click()
    await see('可下载')
    await accessible()
    await picture('exports')
    const arrives = page.waitForEvent('download')
    await page.getByRole('link', { name: '下载', exact: true }).first().click()
    assert.match((await arrives).suggestedFilename(), /\.xlsx$/)
  },

  'gives somebody an account and a code': async ({ page, see, accessible, picture }) => {
    await page.getByRole('link', { name: '账号与岗位' }).click()
    await see('city_office')
    await accessible()
    await page.getByRole('button', { name: '新建账号' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('账号').fill(`clerk-${stamp}`)
    await dialog.getByLabel('角色').click()
    await page.locator('.ant-select-item-option').filter({ hasText: '党委经办人' }).click()
    await dialog.getByLabel('党组织').fill('滨河街道综合')
    await page.locator('.ant-select-item-option').filter({ hasText: '滨河街道综合党委' }).first().click()
    await dialog.getByRole('button', { name: /确\s*定/ }).click()
    await page.getByRole('dialog', { name: '发放一次性激活码' }).getByRole('button', { name: /确\s*定/ }).click()
    await see('激活码只显示这一次')
    await accessible()
    await picture('code')
    await page.getByRole('dialog').getByRole('button', { name: /确\s*定/ }).last().click()
  },

  'locks it again': async ({ page, go, see, accessible }) => {
    await go(`/accounts?name=clerk-${stamp}`)
    await see(`clerk-${stamp}`)
    await page.getByRole('button', { name: /^锁\s*定$/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: /确\s*定/ }).click()
    await see('已锁定')
    await accessible()
  },

  'looks at the log-ins': async ({ page, see, accessible }) => {
    await page.getByRole('link', { name: '登录记录' }).click()
    await see('本次登录')
    await accessible()
  },
})
