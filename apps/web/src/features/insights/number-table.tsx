import { Table } from '@mantine/core'
import type { ReactNode } from 'react'
import { format } from '../../lib/format.js'

export type Column<Row> = {
  readonly head: string
  readonly of: (row: Row) => ReactNode
}

type Props<Row> = {
  readonly label: string
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  /** The first names the row, the others are numbers. */
  readonly columns: readonly Column<Row>[]
}

/** Numbers in rows; scrolls in its own box where it is too wide. */
export function NumberTable<Row>({ label, rows, keyOf, columns }: Props<Row>) {
  const [first, ...others] = columns
  if (first === undefined) return null
  return (
    <Table.ScrollContainer
      minWidth={140 + others.length * 104}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'group', 'aria-label': label } }}
    >
      <Table aria-label={label} verticalSpacing={6} tabularNums>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{first.head}</Table.Th>
            {others.map(({ head }) => (
              <Table.Th key={head} scope="col" ta="end" style={{ whiteSpace: 'nowrap' }}>
                {head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={keyOf(row)}>
              <Table.Th scope="row" fw={400}>
                {first.of(row)}
              </Table.Th>
              {others.map(({ head, of }) => (
                <Table.Td key={head} ta="end" style={{ whiteSpace: 'nowrap' }}>
                  {shown(of(row))}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function shown(value: ReactNode): ReactNode {
  return typeof value === 'number' ? format.number(value) : value
}
