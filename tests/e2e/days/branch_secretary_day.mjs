// SPDX-License-Identifier: Apache-2.0
// The secretary of a branch (支部书记): a member has changed work, so a letter is begun, submitted and agreed to; a wrong
// click is cancelled. On a phone.
import { day, logIn } from '../../browser/day.mjs'

const press = async (page, name) => {
  await page.getByRole('group', { name: '办理' }).getByRole('button', { name }).click()
}

await day(
  'town_secretary',
  {
    'logs in': logIn,

    'sees the members of the branch as cards': async ({ page, see, go, accessible, picture }) => {
      await go('/members')
      await see('正式党员')
      await page.getByRole('listitem').first().waitFor()
      await accessible()
      await picture('members-phone')
    },

    'begins a letter: who': async ({ page, go, see, accessible }) => {
      await go('/letters/new')
      await see('选择党员')
      await accessible()
      await page.locator('#member_id').click()
      await page.locator('.ant-select-item-option').first().click()
      await page.getByRole('button', { name: '下一步' }).click()
    },

    'where to, and why': async ({ page }) => {
      await page.locator('#to_committee_id').fill('滨河街道综合')
      await page.locator('.ant-select-item-option').filter({ hasText: '滨河街道综合党委' }).first().click()
      await page.locator('#reason').click()
      await page.locator('.ant-select-item-option').filter({ hasText: '工作单位变动' }).click()
    },

    'what was typed survives a reload': async ({ page, see }) => {
      await page.reload()
      await page.getByRole('button', { name: '下一步' }).click()
      await see('工作单位变动')
      await page.getByRole('button', { name: '下一步' }).click()
    },

    'looks at it and saves the draft': async ({ page, see }) => {
      await see('核对')
      await page.getByRole('button', { name: '保存草稿' }).click()
      await page.waitForURL(/\/letters\/[0-9a-f-]{36}$/)
      await see('草稿')
    },

    'submits it': async ({ page, see }) => {
      await press(page, /提\s*交/)
      await page.getByRole('dialog').getByRole('button', { name: /提\s*交/ }).click()
      await see('已申请')
    },

    'cancels it again, with words': async ({ page, see, accessible, picture }) => {
      await press(page, /取消转接|撤\s*回/)
      const dialog = page.getByRole('dialog')
      const note = dialog.locator('textarea')
      if (await note.count()) await note.fill('本人不再调动')
      await dialog.locator('.ant-btn-dangerous').click()
      await see(/取消|本人撤回/)
      await accessible()
      await picture('letter-phone')
    },
  },
  { size: 'phone' },
)
