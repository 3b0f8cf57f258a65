/** One line on standard output. */
export function printLine(text: string): void {
  process.stdout.write(`${text}\n`)
}

export function printJson(value: unknown): void {
  printLine(JSON.stringify(value, null, 2))
}

/** Rows as columns that line up, for people. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => [...(row[column] ?? '')].length)),
  )
  for (const row of rows) {
    const cells = row.map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - [...cell].length))
    printLine(cells.join('  ').trimEnd())
  }
}

/** The examples at the end of a command's help. */
export function examples(...lines: readonly string[]): string {
  return `\nExample:\n${lines.map((line) => `  ${line}`).join('\n')}`
}
