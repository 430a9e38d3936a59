// SPDX-License-Identifier: Apache-2.0
// The board of one's own organization; a post that reads no organization has its to-dos.
import { useQuery } from '@tanstack/react-query'
import { Card, Col, Row, Skeleton, Statistic } from 'antd'
import { Link } from 'react-router'
import { api, type Schema } from '@/api/client'
import { useMay, useSession } from '@/frame/session'
import { FailedRead } from '@/patterns/Failure'
import { useWords } from '@/words'
import { homeWords } from '@/words/home'
import Work from '../work/Work'

type Summary = Schema['organizations.Summary']

interface Figure {
  word: keyof typeof homeWords.table
  value: (summary: Summary) => number | string
  rows?: string // the page of the rows behind it
}

function rate(part: number, base: number): string {
  return base === 0 ? '–' : `${((100 * part) / base).toFixed(1)} %（${part} / ${base}）`
}

const figures: Figure[] = [
  { word: 'members', value: (s) => s.members, rows: '/members' },
  { word: 'floating', value: (s) => s.floating_members },
  { word: 'organizations', value: (s) => s.organizations, rows: '/organizations' },
  { word: 'single', value: (s) => s.single },
  { word: 'joint', value: (s) => s.joint },
  { word: 'units', value: (s) => s.units, rows: '/units' },
  { word: 'operating', value: (s) => s.units_operating },
  { word: 'coverage', value: (s) => rate(s.operating_covered, s.units_operating) },
  { word: 'singleRate', value: (s) => rate(s.operating_single, s.units_operating) },
  { word: 'uncovered', value: (s) => s.operating_uncovered },
  { word: 'termsOver', value: (s) => s.terms_over },
]

function Board() {
  const w = useWords(homeWords)
  const { organization_id: id, organization_name: name } = useSession()
  const { data, error, refetch } = useQuery(api.queryOptions('get', '/api/v1/organizations/{id}/summary', { params: { path: { id } } }))
  if (error) return <FailedRead error={error} retry={() => void refetch()} />
  if (!data) return <Skeleton active />
  return (
    <>
      <h1 className="page-title">{w('title', { name })}</h1>
      <p>{w('asOf', { date: data.as_of })}</p>
      <Row gutter={[12, 12]}>
        {figures.map((figure) => {
          const card = (
            <Card size="small" hoverable={!!figure.rows}>
              <Statistic title={w(figure.word)} value={figure.value(data)} />
            </Card>
          )
          return (
            <Col key={figure.word} xs={12} md={8} xl={6}>
              {figure.rows ? <Link to={figure.rows}>{card}</Link> : card}
            </Col>
          )
        })}
      </Row>
    </>
  )
}

export default function Home() {
  const may = useMay()
  return may('organization.read') ? <Board /> : <Work />
}
