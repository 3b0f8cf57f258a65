import { stringify } from 'csv-stringify/sync'

type Cell = string | number | boolean | null

export type Table = {
  readonly columns: readonly string[]
  readonly rows: readonly Readonly<Record<string, Cell>>[]
}

/** A table as a file for spreadsheets; its head is there even where nothing is below it. */
export function toCsv({ columns, rows }: Table): string {
  // A cell that begins like a formula would be one to a spreadsheet.
  const options = { header: true, escape_formulas: true, bom: true }
  return stringify([...rows], { ...options, columns: [...columns] })
}
