// SPDX-License-Identifier: Apache-2.0
// What anybody may know of a letter by the check code printed on it. No log-in, no antd: it opens from a phone's camera.
import { type FormEvent, useEffect, useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { http, type Schema } from '@/api/client'
import { type Problem, problemOf } from '@/api/problem'
import { useWords } from '@/words'
import { verifyWords } from '@/words/logIn'
import { showMoment } from '@/patterns/day'

type Verification = Schema['transfers.Verification']

function Found({ letter }: { letter: Verification }) {
  const w = useWords(verifyWords)
  const facts: [string, string | undefined][] = [
    [w('number'), letter.number],
    [w('member'), letter.member_name],
    [w('from'), letter.from_committee_name],
    [w('to'), letter.to_committee_name],
    [w('issued'), letter.issued_on],
    [w('valid'), letter.valid_to],
    [w('asOf'), showMoment(letter.as_of)],
  ]
  return (
    <section aria-live="polite">
      <h2>{w(`state.${letter.state}`)}</h2>
      <dl>
        {facts.map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name} is`}>{value}</dd>])}
      </dl>
    </section>
  )
}

export default function Verify() {
  const w = useWords(verifyWords)
  const { code } = useParams()
  const navigate = useNavigate()
  const [letter, setLetter] = useState<Verification>()
  const [problem, setProblem] = useState<Problem>()

  useEffect(() => {
    setLetter(undefined)
    setProblem(undefined)
    if (!code) return
    http
      .GET('/api/v1/verify/{code}', { params: { path: { code } } })
      .then(({ data }) => setLetter(data))
      .catch((error: unknown) => setProblem(problemOf(error)))
  }, [code])

  const check = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = String(new FormData(event.currentTarget).get('code')).trim().toUpperCase()
    void navigate(`/verify/${encodeURIComponent(typed)}`)
  }
  const words = problem && (problem.status === 404 || problem.status === 400 ? w('unknown') : problem.status === 429 ? w('throttled') : problem.message)
  return (
    <main className="alone">
      <h1>{w('title')}</h1>
      <form onSubmit={check} key={code}>
        <label htmlFor="code">{w('code')}</label>
        <input id="code" name="code" defaultValue={code} required maxLength={32} autoCapitalize="characters" aria-describedby="hint" />
        <small id="hint">{w('codeHint')}</small>
        <button type="submit">{w('check')}</button>
      </form>
      {words && <div role="alert">{words}</div>}
      {letter && <Found letter={letter} />}
    </main>
  )
}
