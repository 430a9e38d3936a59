// SPDX-License-Identifier: Apache-2.0
// The list of a ledger: filters that live in the URL, pages by cursor, columns that can be hidden, a selection that
// survives paging; on a phone the rows are cards.
import { type QueryKey, type UseQueryOptions, keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, Card, Checkbox, Dropdown, Empty, Flex, Input, Select, Space, Table, type TableColumnsType } from 'antd'
import { type ReactNode, useState } from 'react'
import { useSearchParams } from 'react-router'
import { useWords } from '@/words'
import { patternWords } from '@/words/patterns'
import { FailedRead } from './Failure'
import { OrganizationSelect } from './OrganizationSelect'
import { useKept } from './useKept'
import { useWide } from './useWide'

export interface Filter {
  name: string // of the query parameter
  label: string
  kind: 'text' | 'choice' | 'organization'
  choices?: { value: string; label: string }[]
}

interface Row {
  id?: string
}

interface Page<T> {
  items?: T[]
  next_cursor?: string | null
}

export interface Selection<T> {
  rows: T[]
  clear: () => void
}

export interface Column<T> {
  key: string
  title: string
  show: (row: T) => ReactNode
  width?: number
  hidden?: boolean // until the reader asks for it
}

export interface QueryTableProps<T extends Row> {
  name: string // under which choices are remembered
  caption: string // what a screen reader calls the table
  columns: Column<T>[]
  filters?: Filter[]
  // The page at a cursor, for the filters of now: api.queryOptions(...) of a list
  page: (query: Record<string, string | undefined>, cursor: string | undefined) => object
  rowName?: (row: T) => string // makes rows selectable
  bulk?: (selection: Selection<T>) => ReactNode
  empty?: ReactNode
  extra?: ReactNode
}

const PAGE = 50

function FilterField({ filter, value, set }: { filter: Filter; value: string; set: (value: string) => void }) {
  const w = useWords(patternWords)
  const common = { 'aria-label': filter.label, style: { minWidth: 180 } }
  if (filter.kind === 'choice')
    return (
      <Select
        {...common}
        allowClear
        placeholder={filter.label}
        value={value || undefined}
        onChange={(chosen?: string) => set(chosen ?? '')}
        options={filter.choices ?? []}
        notFoundContent={w('empty')}
      />
    )
  if (filter.kind === 'organization')
    return <OrganizationSelect label={filter.label} value={value || undefined} onChange={(chosen) => set(chosen ?? '')} />
  return <Input.Search {...common} allowClear placeholder={filter.label} defaultValue={value} onSearch={set} />
}

/** The cursors passed on the way to the page of now; another filter begins anew. */
function useTrail(filters: string) {
  const [trail, setTrail] = useState<{ filters: string; cursors: string[] }>({ filters, cursors: [] })
  const cursors = trail.filters === filters ? trail.cursors : []
  return {
    cursors,
    cursor: cursors[cursors.length - 1],
    on: (next: string) => setTrail({ filters, cursors: [...cursors, next] }),
    back: () => setTrail({ filters, cursors: cursors.slice(0, -1) }),
  }
}

export function QueryTable<T extends Row>(props: QueryTableProps<T>) {
  const { name, columns, filters = [], rowName } = props
  const w = useWords(patternWords)
  const wide = useWide()
  const [params, setParams] = useSearchParams()
  const [hidden, setHidden] = useKept<string[]>(`${name}.hidden`, columns.filter((c) => c.hidden).map((c) => c.key))
  const [dense, setDense] = useKept('dense', false)
  const [selected, setSelected] = useState<T[]>([])
  const query = Object.fromEntries(filters.map((f) => [f.name, params.get(f.name) ?? undefined]))
  const trail = useTrail(JSON.stringify(query))
  const options = props.page(query, trail.cursor) as UseQueryOptions<Page<T>, Error, Page<T>, QueryKey>
  const { data, error, isFetching, refetch } = useQuery({ ...options, placeholderData: keepPreviousData })
  const rows = data?.items ?? []

  const setFilter = (filter: string, value: string) => {
    const next = new URLSearchParams(params)
    if (value) next.set(filter, value)
    else next.delete(filter)
    setParams(next, { replace: true })
  }

  if (error) return <FailedRead error={error} retry={() => void refetch()} />
  const empty = <Empty description={w('empty')}>{!filters.some((f) => params.get(f.name)) && props.empty}</Empty>
  return (
    <Flex vertical gap="small">
      <Flex wrap gap="small" justify="space-between">
        <Flex wrap gap="small" role="search" aria-label={w('filter')}>
          {filters.map((filter) => (
            <FilterField key={filter.name} filter={filter} value={params.get(filter.name) ?? ''} set={(v) => setFilter(filter.name, v)} />
          ))}
        </Flex>
        <Space wrap>
          {props.extra}
          {wide && <ColumnChoice columns={columns} hidden={hidden} setHidden={setHidden} />}
          {wide && (
            <Checkbox checked={dense} onChange={(event) => setDense(event.target.checked)}>
              {w('dense')}
            </Checkbox>
          )}
        </Space>
      </Flex>
      {rowName && selected.length > 0 && (
        <Flex gap="small" align="center" role="status">
          {w('selected', { count: selected.length })}
          {props.bulk?.({ rows: selected, clear: () => setSelected([]) })}
          <Button type="link" onClick={() => setSelected([])}>
            {w('unselect')}
          </Button>
        </Flex>
      )}
      {wide ? (
        <Table<T>
          aria-label={props.caption}
          size={dense ? 'small' : 'medium'}
          sticky
          scroll={{ x: 'max-content' }}
          loading={isFetching && !data}
          rowKey={(row) => row.id ?? JSON.stringify(row)}
          dataSource={rows}
          columns={tableColumns(columns.filter((column) => !hidden.includes(column.key)))}
          pagination={false}
          locale={{ emptyText: empty }}
          rowSelection={
            rowName && {
              selectedRowKeys: selected.map((row) => row.id ?? ''),
              preserveSelectedRowKeys: true,
              onChange: (_keys, chosen) => setSelected(chosen),
              getCheckboxProps: (row) => ({ 'aria-label': w('select', { name: rowName(row) }) }),
              getTitleCheckboxProps: () => ({ 'aria-label': w('all') }),
            }
          }
        />
      ) : (
        <Cards rows={rows} columns={columns} empty={empty} />
      )}
      <Flex gap="small" justify="end" align="center">
        {rows.length > 0 && (
          <span>{w('range', { from: trail.cursors.length * PAGE + 1, to: trail.cursors.length * PAGE + rows.length })}</span>
        )}
        <Button disabled={trail.cursors.length === 0} onClick={trail.back}>
          {w('previous')}
        </Button>
        <Button disabled={!data?.next_cursor || isFetching} onClick={() => data?.next_cursor && trail.on(data.next_cursor)}>
          {w('next')}
        </Button>
      </Flex>
    </Flex>
  )
}

function tableColumns<T>(columns: Column<T>[]): TableColumnsType<T> {
  return columns.map((column, at) => ({
    key: column.key,
    title: column.title,
    width: column.width,
    fixed: at === 0 ? ('start' as const) : undefined,
    render: (_value: unknown, row: T) => column.show(row),
  }))
}

function ColumnChoice<T>({ columns, hidden, setHidden }: { columns: Column<T>[]; hidden: string[]; setHidden: (keys: string[]) => void }) {
  const w = useWords(patternWords)
  const options = columns.slice(1).map((column) => ({ value: column.key, label: column.title }))
  const shown = options.map((option) => option.value).filter((key) => !hidden.includes(key))
  return (
    <Dropdown
      trigger={['click']}
      popupRender={() => (
        <Card size="small">
          <Checkbox.Group
            style={{ display: 'grid' }}
            options={options}
            value={shown}
            onChange={(keys) => setHidden(options.map((option) => option.value).filter((key) => !keys.includes(key)))}
          />
        </Card>
      )}
    >
      <Button>{w('columns')}</Button>
    </Dropdown>
  )
}

function Cards<T extends Row>({ rows, columns, empty }: { rows: T[]; columns: Column<T>[]; empty: ReactNode }) {
  const [title, ...rest] = columns
  if (rows.length === 0) return empty
  return (
    <Flex vertical gap="small" role="list">
      {rows.map((row) => (
        <Card key={row.id} size="small" role="listitem" title={title?.show(row)}>
          <dl className="card-facts">
            {rest
              .filter((column) => !column.hidden)
              .map((column) => (
                <div key={column.key}>
                  <dt>{column.title}</dt>
                  <dd>{column.show(row)}</dd>
                </div>
              ))}
          </dl>
        </Card>
      ))}
    </Flex>
  )
}

/** How many rows a list asks for at once. */
export const PAGE_SIZE = PAGE
