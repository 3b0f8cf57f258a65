type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** What a caller gave: members that are left out and members that are undefined are the same. */
export function withoutUndefined<T extends object>(values: T): Given<T> {
  const given: Given<T> = {}
  for (const name in values) {
    const value = values[name]
    if (value !== undefined) Object.assign(given, { [name]: value })
  }
  return given
}
