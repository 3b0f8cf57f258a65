import type { JsonObject } from '../json/json.js'
import { type Literal, quote, type Statement } from './statements.js'
import { type Property, plainIri, wordIri } from './term-table.js'

/** What stands behind a predicate. */
export type Value = Pick<Statement, 'object'> & Partial<Pick<Statement, 'literal'>>

const XSD = 'http://www.w3.org/2001/XMLSchema#'
const STRING = `${XSD}string`
const DOUBLE = `${XSD}double`
const LANGUAGE = /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/

/** A string, number or boolean as its property says to read it (JSON-LD 1.1 API, 5.3 and 8.2). */
export function literalOf(property: Property, value: unknown): Value | undefined {
  switch (typeof value) {
    case 'string':
      return ofString(property, value)
    case 'number':
      return ofNumber(datatypeOf(property), value)
    case 'boolean':
      return toValue(value, String(value), datatypeOf(property) ?? `${XSD}boolean`)
    default:
      return undefined
  }
}

/** Text with its language (JSON-LD 1.1, 4.2.4 String Internationalization). */
export function textOf({
  '@value': text,
  '@language': language,
  ...rest
}: JsonObject): Value | undefined {
  if (typeof text !== 'string' || typeof language !== 'string') return undefined
  if (!LANGUAGE.test(language) || Object.keys(rest).length > 0) return undefined
  const tag = language.toLowerCase()
  return { object: `${quote(text)}@${tag}`, literal: { source: text, text, language: tag } }
}

function ofString({ datatype, inner }: Property, value: string): Value | undefined {
  if (datatype === '@id' || datatype === '@vocab') {
    const iri = datatype === '@id' ? plainIri(inner, value) : wordIri(inner, value)
    return iri === undefined ? undefined : { object: `<${iri}>` }
  }
  // The text of a number would be written anew.
  return datatype === DOUBLE ? undefined : toValue(value, value, datatype)
}

function ofNumber(datatype: string | undefined, value: number): Value | undefined {
  const shown = String(value)
  // Numbers that jsonld rounds or whose sign it may lose are left to it.
  if (!Number.isFinite(value) || Object.is(value, -0) || shown.includes('e')) return undefined
  if (shown.includes('.') || datatype === DOUBLE) {
    return toValue(value, spellDouble(value), datatype ?? DOUBLE)
  }
  if (!Number.isSafeInteger(value)) return undefined
  return toValue(value, shown, datatype ?? `${XSD}integer`)
}

// Sixteen digits without the last zeros, but one behind the point (JSON-LD 1.1 API, 8.6).
function spellDouble(value: number): string {
  const [digits = '', exponent = ''] = value.toExponential(15).split('e')
  let end = digits.length
  while (end > 3 && digits[end - 1] === '0' && digits[end - 2] !== '.') end -= 1
  return `${digits.slice(0, end)}E${exponent.replace('+', '')}`
}

// Only strings are names of things.
function datatypeOf({ datatype }: Property): string | undefined {
  return datatype === '@id' || datatype === '@vocab' ? undefined : datatype
}

function toValue(source: Literal['source'], text: string, datatype: string | undefined): Value {
  const isString = datatype === undefined || datatype === STRING
  const object = isString ? quote(text) : `${quote(text)}^^<${datatype}>`
  return { object, literal: { source, text, datatype } }
}
