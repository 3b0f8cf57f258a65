import { OpenBadgesError } from '../errors.js'

/** A JSON object whose members are not known yet. */
export type JsonObject = Readonly<Record<string, unknown>>

/** No real badge comes near: the largest known ones embed an image of some 100 KB. */
const MAX_JSON_BYTES = 4 * 1024 * 1024
const MAX_DEPTH = 40

/** True for a plain JSON object: not null, not an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A value as a list: absent is empty, one value is a list of one (JSON-LD 1.1, 4.3 sets). */
export function asArray(value: unknown): readonly unknown[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value]
}

/** The string members of a value that may be one string or several. */
export function stringsOf(value: unknown): readonly string[] {
  return asArray(value).filter((item) => typeof item === 'string')
}

/**
 * Parses JSON text and refuses what readers disagree about (RFC 8259, 4: names should be unique).
 *
 * Two members of one name are refused: one program would verify the first and another show the last.
 */
export function parseJson(text: string): unknown {
  if (text.length > MAX_JSON_BYTES) throw tooLarge()
  const names = countNames(text)
  // Before JSON.parse, which would recurse into whatever depth it is given.
  if (names === undefined) checkStructure(text)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    checkStructure(text)
    throw new OpenBadgesError('ERR_OB_JSON', 'The text is not valid JSON.', { cause })
  }
  // A name that is repeated leaves fewer members than there are names; only then they are compared.
  if (countMembers(value) !== names) checkStructure(text)
  return value
}

const QUOTE = 0x22
const COLON = 0x3a
const BACKSLASH = 0x5c

/** How many names of members JSON text has; undefined when it is nested too deeply. */
function countNames(text: string): number | undefined {
  let names = 0
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) i = endOfString(text, i)
    else if (code === COLON) names += 1
    // Brackets and braces differ in one bit.
    else if ((code | 0x20) === 0x7b) depth += 1
    else if ((code | 0x20) === 0x7d && depth > 0) depth -= 1
    if (depth > MAX_DEPTH) return undefined
  }
  return names
}

// The next quotation mark that an even number of backslashes stands before.
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end
    while (text.charCodeAt(before - 1) === BACKSLASH) before -= 1
    if ((end - before) % 2 === 0) return end
  }
  return text.length
}

function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const inside = Array.isArray(value) ? value : Object.values(value)
  let count = Array.isArray(value) ? 0 : inside.length
  for (const one of inside) if (typeof one === 'object') count += countMembers(one)
  return count
}

// Strings (closed or not), then the characters that open, close or separate.
const TOKEN = /"(?:[^"\\]|\\.)*"?|[{}[\],:]/gs

function checkStructure(text: string): void {
  // An array is an empty slot: only objects have names to keep.
  const open: (Set<string> | undefined)[] = []
  let last = ''
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') open.push(token === '{' ? new Set() : undefined)
    else if (token === '}' || token === ']') open.pop()
    else if (token === ':') recordName(open.at(-1), last)
    if (open.length > MAX_DEPTH) throw tooDeep()
    last = token
  }
}

function recordName(names: Set<string> | undefined, token: string): void {
  if (names === undefined || !token.startsWith('"')) return
  const name = token.includes('\\') ? unescapeName(token) : token.slice(1, -1)
  if (names.has(name)) {
    throw new OpenBadgesError('ERR_OB_JSON_DUPLICATE', `The JSON has two members named "${name}".`)
  }
  names.add(name)
}

function unescapeName(token: string): string {
  try {
    return String(JSON.parse(token))
  } catch (cause) {
    throw new OpenBadgesError('ERR_OB_JSON', 'The text is not valid JSON.', { cause })
  }
}

function tooLarge(): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_TOO_LARGE', 'The JSON text is larger than 4 MB.')
}

function tooDeep(): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_TOO_LARGE', `The JSON is nested deeper than ${MAX_DEPTH}.`)
}

/**
 * A private copy of an object that a caller handed over, as JSON would carry it.
 *
 * Getters, proxies, circles and `toJSON` end here: what is verified is what was copied.
 */
export function copyJson(value: unknown): unknown {
  return measuredCopy(value).copy
}

/** The same, with how many characters it has as JSON. */
export function measuredCopy(value: unknown): { copy: unknown; characters: number } {
  const text = stringify(value)
  if (text.length > MAX_JSON_BYTES) throw tooLarge()
  // Written by JSON.stringify, so no name is repeated and no depth can overflow.
  return { copy: JSON.parse(text), characters: text.length }
}

function stringify(value: unknown): string {
  try {
    const text = JSON.stringify(value)
    if (text !== undefined) return text
  } catch (cause) {
    throw new OpenBadgesError('ERR_OB_JSON', 'The object cannot be written as JSON.', { cause })
  }
  throw new OpenBadgesError('ERR_OB_JSON', 'The value cannot be written as JSON.')
}
