import { stringify } from 'csv-stringify/sync'

type Cell = string | number | boolean | null

/** A table as a file for spreadsheets; the columns are those of the first row. */
export function toCsv(rows: readonly Readonly<Record<string, Cell>>[]): string {
  // A cell that begins like a formula would be one to a spreadsheet.
  return stringify([...rows], { header: true, escape_formulas: true, bom: true })
}
