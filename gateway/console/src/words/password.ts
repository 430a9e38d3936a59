// SPDX-License-Identifier: Apache-2.0
import { words } from '.'

export const passwordWords = words('password', {
  title: ['修改密码', 'Change password'],
  first: ['首次登录，请先设置自己的密码', 'First choose a password of your own'],
  old: ['原密码或激活码', 'Old password or one-time code'],
  new: ['新密码', 'New password'],
  again: ['再输入一次', 'Once more'],
  differs: ['两次输入不一致', 'The two differ'],
  rule: ['至少 10 个字符，不用常见词、账号名和连续字符', 'At least 10 characters; no common words, no account name, no rows of characters'],
  done: ['密码已修改', 'The password is changed'],
})
