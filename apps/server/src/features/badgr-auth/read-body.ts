import type { FastifyRequest } from 'fastify'
import { badRequest } from './badgr-error.js'

export type Fields = Readonly<Record<string, unknown>>

/** The members of what was sent: a JSON object, or a form. */
export function fieldsOf(request: FastifyRequest): Fields {
  return toFields(request.body)
}

export function toFields(value: unknown): Fields {
  if (value === undefined || value === null) return {}
  if (isFields(value)) return value
  throw badRequest('Invalid data. Expected a dictionary.')
}

export function isFields(value: unknown): value is Fields {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value)
  )
}

/** One parameter of the address; an empty text where it has none. */
export function paramOf(request: FastifyRequest, name: string): string {
  return textIn(request.params, name) ?? ''
}

export function queryTextOf(request: FastifyRequest, name: string): string | undefined {
  return queryTextsOf(request, name)[0]
}

/** A parameter that may come several times. */
export function queryTextsOf(request: FastifyRequest, name: string): readonly string[] {
  const { query } = request
  if (typeof query !== 'object' || query === null) return []
  const value: unknown = Reflect.get(query, name)
  return [value].flat().filter((one): one is string => typeof one === 'string')
}

export function textIn(from: unknown, name: string): string | undefined {
  if (typeof from !== 'object' || from === null) return undefined
  const value: unknown = Reflect.get(from, name)
  return typeof value === 'string' ? value : undefined
}

/** What a form holds; a field that comes twice becomes a list. */
export function parseForm(text: string): Fields {
  const fields: Record<string, unknown> = {}
  for (const [name, value] of new URLSearchParams(text)) addField(fields, name, value)
  return fields
}

/** The same of a form with files: what is written as JSON in a field is read. */
export async function parseMultipart(request: FastifyRequest): Promise<Fields> {
  const fields: Record<string, unknown> = {}
  try {
    for await (const part of request.parts()) {
      const value = part.type === 'file' ? await part.toBuffer() : fromField(part.value)
      addField(fields, part.fieldname, value)
    }
  } catch (error) {
    // What is too large says so itself; a form that ends too early is an error without a status.
    if (!(error instanceof Error) || 'statusCode' in error) throw error
    throw badRequest(`Multipart form parse error - ${error.message}`)
  }
  return fields
}

function addField(fields: Record<string, unknown>, name: string, value: unknown): void {
  const before = Object.hasOwn(fields, name) ? fields[name] : undefined
  const joined = before === undefined ? value : [before, value].flat()
  Object.defineProperty(fields, name, { value: joined, enumerable: true, configurable: true })
}

function fromField(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  try {
    const read: unknown = JSON.parse(value)
    return read
  } catch {
    // A text that merely begins like JSON.
    return value
  }
}
