import type { Caller } from './permission-callers.js'
import type { Walked } from './permission-walk.js'

/** The matrix as lines: routes below each other, callers side by side; `*` came with a session. */
export function matrixLines(callers: readonly Caller[], rows: readonly Walked[]): string[] {
  const width = Math.max(...rows.map(({ key }) => key.length))
  const columns = callers.map(({ name }) => Math.max(name.length, 3))
  const line = (first: string, cells: readonly string[]) =>
    [first.padEnd(width), ...cells.map((cell, i) => cell.padStart(columns[i] ?? 3))].join(' ')
  const head = line(
    '',
    callers.map(({ name }) => name),
  )
  return [head, ...rows.map(({ key, cells }) => line(key, cells))]
}
