/** A subject or object in a statement: a term as N-Quads writes it, or the number of a blank node. */
export type Name = string | number

/** A literal before it was written down. */
export type Literal = {
  /** What it was made from: two that are written alike may have been different values. */
  readonly source: string | number | boolean
  readonly text: string
  /** The IRI of its datatype; none for plain strings. */
  readonly datatype?: string | undefined
  readonly language?: string
}

/** One statement of a document, its IRIs and literals written as in N-Quads already. */
export type Statement = {
  readonly subject: Name
  /** With a space on either side. */
  readonly predicate: string
  readonly object: Name
  /** What `object` is, when it is a literal. */
  readonly literal: Literal | undefined
  /** The blank node that names the graph it stands in; absent in the default graph. */
  readonly graph: number | undefined
}

/** The statements of a document; its blank nodes are numbered from 0. */
export type Statements = { readonly list: Statement[]; blanks: number }

const IRI = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s\p{Cc}<>"{}|^`\\]*$/u

/** True for an absolute IRI that N-Quads writes as it is; not for the name of a blank node. */
export function isPlainIri(value: unknown): value is string {
  return typeof value === 'string' && IRI.test(value)
}

// Control characters beyond U+007F are written as they are (RDF Dataset Canonicalization, 5).
const ESCAPED = /["\\\p{Cc}]/u
const EVERY_ESCAPED = /["\\\p{Cc}]/gu
const ESCAPES: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
}

/** A string between quotation marks, as canonical N-Quads writes it. */
export function quote(text: string): string {
  return ESCAPED.test(text) ? `"${text.replace(EVERY_ESCAPED, escapeCharacter)}"` : `"${text}"`
}

function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0)
  if (code > 0x7f) return character
  return ESCAPES[character] ?? `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`
}
