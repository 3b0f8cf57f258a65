import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import type { FastifyReply } from 'fastify'

type Cell = string | number | boolean | null

/** A table for spreadsheets: what its columns are called, and what stands in them. */
export type TableFile<Row> = {
  /** Without its ending. */
  readonly name: string
  readonly columns: Readonly<Record<string, (row: Row) => Cell>>
  readonly rows: AsyncIterable<Row>
}

/** Answers with a table that is read as it is sent, however long it is. */
export async function sendTable<Row>(
  reply: FastifyReply,
  { name, columns, rows }: TableFile<Row>,
): Promise<void> {
  const cells = Readable.from(toCells(rows, Object.values(columns)))
  // A cell that begins like a formula would be one to a spreadsheet; the mark in front says that it is UTF-8.
  const table = stringify({
    header: true,
    columns: Object.keys(columns),
    escape_formulas: true,
    bom: true,
    cast: { boolean: (value) => (value ? 'yes' : 'no') },
  })
  cells.on('error', (error) => table.destroy(error))
  // Who goes away in the middle leaves no reading behind.
  table.on('close', () => cells.destroy())
  await reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}.csv"`)
    .send(cells.pipe(table))
}

async function* toCells<Row>(
  rows: AsyncIterable<Row>,
  columns: readonly ((row: Row) => Cell)[],
): AsyncGenerator<readonly Cell[]> {
  for await (const row of rows) yield columns.map((cellOf) => cellOf(row))
}
