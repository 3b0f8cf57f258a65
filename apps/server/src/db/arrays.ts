/**
 * Array literals for UNNEST. The driver would escape every element; these values (numbers, ids,
 * instants) cannot hold a character that needs it, and a batch has tens of thousands of them.
 */
export function plainArray(values: readonly (string | number | null)[]): string {
  return `{${values.map((value) => value ?? 'null').join(',')}}`
}

/** Separates JSON texts for `string_to_array`: JSON never holds this character unescaped. */
const recordSeparator = '\u001e'

/** JSON texts as one parameter: split with `string_to_array($1, E'\\x1e')`. */
export function jsonTexts(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(recordSeparator)
}
