import { BadgrError, badFields, type Fields } from '../badgr-auth/badgr-auth.js'

/** Reads each of many; when some are wrong, each item's errors stand in its place, and nothing is done. */
export function readBatch<T>(items: readonly Fields[], read: (fields: Fields) => T): T[] {
  const errors: unknown[] = []
  const values = items.flatMap((fields): T[] => {
    try {
      const value = read(fields)
      errors.push({})
      return [value]
    } catch (error) {
      if (!(error instanceof BadgrError)) throw error
      errors.push(error.fieldErrors)
      return []
    }
  })
  if (values.length < items.length) throw badFields(errors)
  return values
}
