/** A text as PostgreSQL can keep it: without NUL, and without half of a character. */
export function storable(text: string): string {
  return Buffer.from(text.replaceAll('\u0000', '')).toString('utf8')
}

/** A value that JSON can be made of, without what cannot be stored. */
export function parseStorable<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (_name, member: unknown) =>
    typeof member === 'string' ? storable(member) : member,
  ) as Value
}
