import { format } from '../../lib/format.js'

/** A value of a badge as people read it: lists joined, things by their names; undefined for nothing. */
export function valueWords(value: unknown): string | undefined {
  if (value === null || value === undefined || value === '') return undefined
  if (typeof value === 'string') return value
  if (typeof value === 'number') return format.number(value)
  if (Array.isArray(value)) {
    const words = value.flatMap((one: unknown) => valueWords(one) ?? [])
    return words.length === 0 ? undefined : format.list(words)
  }
  if (typeof value !== 'object') return String(value)
  const named = new Map<string, unknown>(Object.entries(value))
  return valueWords(named.get('name') ?? named.get('by') ?? [...named.values()])
}
