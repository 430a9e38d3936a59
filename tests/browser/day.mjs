// SPDX-License-Identifier: Apache-2.0
// A day in the console: steps in a real browser, each with a name. A step that fails ends the day with a picture. At the
// end of a step nothing must have gone wrong behind it: no error of a script, no answer 5xx, no request to elsewhere.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const modules = createRequire(new URL('../../gateway/console/package.json', import.meta.url))
const { chromium } = modules('playwright-core')
const axe = readFileSync(modules.resolve('axe-core/axe.min.js'), 'utf8')

const [base, passwords, pictures] = process.argv.slice(2)
const WAIT_MS = 20_000
const sizes = { desk: { width: 1366, height: 860 }, phone: { width: 390, height: 844 } }

function watch(page, faults) {
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`))
  page.on('response', (answer) => answer.status() >= 500 && faults.push(`${answer.status()} ${answer.url()}`))
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== base) faults.push(`elsewhere: ${request.url()}`)
  })
}

const AT_WORK = '.ant-btn-loading, .ant-skeleton-active, .ant-spin-spinning'

/** Serious findings of axe on the page, once nothing on it is at work any more. */
async function violations(page) {
  await page.waitForFunction((at) => !document.querySelector(at), AT_WORK)
  await page.evaluate(axe) // by the debugger: the page itself runs no script but its own
  const { violations: found } = await page.evaluate(() => window.axe.run({ resultTypes: ['violations'] }))
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0].target.join(' ')} (${nodes.length})`)
}

/** Runs steps as one account: { 'name of the step': async ({ page, go, see, check, picture }) => ... }. */
export async function day(account, steps, { size = 'desk' } = {}) {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  const context = await browser.newContext({ viewport: sizes[size], locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' })
  const page = await context.newPage()
  const faults = []
  let number = 0
  page.setDefaultTimeout(WAIT_MS)
  watch(page, faults)

  const tools = {
    page,
    account,
    password: readFileSync(join(passwords, account), 'utf8').trim(),
    go: (path) => page.goto(base + path),
    see: (text) => page.getByText(text, { exact: false }).first().waitFor(),
    picture: (name) => page.screenshot({ path: join(pictures, `${name}.png`) }),
    accessible: async () => faults.push(...(await violations(page))),
  }
  for (const [name, step] of Object.entries(steps)) {
    number += 1
    try {
      await step(tools)
    } catch (error) {
      faults.push(error.message)
    }
    if (faults.length) {
      await page.screenshot({ path: join(pictures, `${account}-failed.png`) })
      console.error(`  ${number} ${name}: failed`, ...faults)
      process.exit(1)
    }
    console.log(`  ${number} ${name}`)
  }
  await browser.close()
}

/** The first step of every day. */
export async function logIn({ page, go, account, password }) {
  await go('/')
  await page.fill('#name', account)
  await page.fill('#password', password)
  await page.click('button[type=submit]')
  await page.locator('.shell').waitFor()
}
