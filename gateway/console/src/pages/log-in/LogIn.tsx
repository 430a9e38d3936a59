// SPDX-License-Identifier: Apache-2.0
// The log-in: plain fields, so that the first page is small on a slow line.
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Link, useLocation, useNavigate } from 'react-router'
import { http, type Schema } from '@/api/client'
import { type Problem, problemOf } from '@/api/problem'
import { chooseLanguage, language, useWords } from '@/words'
import { logInWords } from '@/words/logIn'

export function LogIn() {
  const w = useWords(logInWords)
  const client = useQueryClient()
  const navigate = useNavigate()
  const { state } = useLocation() as { state: { back?: string } | null }
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)

  const enter = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    setBusy(true)
    try {
      const { data } = await http.POST('/api/v1/session', {
        body: { name: String(fields.get('name')).trim(), password: String(fields.get('password')) },
      })
      const session = data as Schema['organizations.LoggedIn']
      client.clear()
      await navigate(session.must_change_password ? '/password' : (state?.back ?? '/'), { replace: true })
    } catch (error) {
      setProblem(problemOf(error))
      setBusy(false)
    }
  }

  return (
    <main className="alone">
      <h1>
        <img src="/emblem.svg" alt="" width={36} height={36} />
        {w('title')}
      </h1>
      <form onSubmit={(event) => void enter(event)}>
        <label htmlFor="name">{w('account')}</label>
        <input id="name" name="name" autoComplete="username" autoCapitalize="off" required maxLength={64} />
        <label htmlFor="password">{w('password')}</label>
        <input id="password" name="password" type="password" autoComplete="current-password" required maxLength={256} />
        {problem && <div role="alert">{problem.code === 'network' ? w('network') : [problem.message, problem.detail].filter(Boolean).join('。')}</div>}
        <button type="submit" disabled={busy}>
          {busy ? w('entering') : w('enter')}
        </button>
      </form>
      <p>
        <Link to="/verify">{w('verify')}</Link>{' '}
        <button type="button" className="plain" onClick={() => chooseLanguage(language() === 'en' ? 'zh-CN' : 'en')}>
          {w('other')}
        </button>
      </p>
    </main>
  )
}
