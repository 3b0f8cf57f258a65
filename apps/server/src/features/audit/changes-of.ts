type Row = Readonly<Record<string, unknown>>

/** Members of a row in which secrets are kept, sealed or hashed. */
const secret = /secret|password|hash|credential|key$/i
/** What changes with every change, and says nothing. */
const silent = new Set(['updated_at', 'updatedAt'])

/** The members that differ, as they were and as they are; secrets are left out. */
export function changesOf(
  before: object,
  after: object,
): { readonly before: Row; readonly after: Row } {
  const [old, fresh] = [{ ...before }, { ...after }]
  const names = [...new Set([...Object.keys(old), ...Object.keys(fresh)])]
  const changed = names.filter(
    (name) => !secret.test(name) && !silent.has(name) && textOf(old, name) !== textOf(fresh, name),
  )
  return { before: pick(old, changed), after: pick(fresh, changed) }
}

function pick(row: object, names: readonly string[]): Row {
  return Object.fromEntries(names.map((name) => [name, valueIn(row, name) ?? null]))
}

function textOf(row: object, name: string): string {
  return JSON.stringify(valueIn(row, name) ?? null)
}

function valueIn(row: object, name: string): unknown {
  const value: unknown = Reflect.get(row, name)
  return Buffer.isBuffer(value) ? '(binary)' : value
}
