import { z } from 'zod'
import type { CredentialRecord, GroupRecord } from './accredible-records.js'
import { AccredibleRefusal } from './accredible-refusal.js'

const defaultSize = 50
const mostRows = 10_000

const searchInput = z.object({
  query: z.record(z.string(), z.unknown()),
  sort: z.record(z.string(), z.string()).optional(),
  page: z
    .object({
      from: z.coerce.number().int().min(0).optional(),
      size: z.coerce.number().int().min(1).default(defaultSize),
      cursor: z.string().optional(),
    })
    .prefault({}),
})

type Found = { readonly credential: CredentialRecord; readonly group: GroupRecord | undefined }
type Field = {
  readonly operators: readonly string[]
  /** A text that has the order of what it stands for. */
  readonly read: (found: Found) => string | null
  readonly day?: boolean
}

const exact = ['eq', 'in']
const ranged = ['eq', 'in', 'lt', 'lte', 'gt', 'gte']
const fields: Readonly<Record<string, Field>> = {
  uuid: { operators: exact, read: ({ credential }) => credential.uuid },
  'group.id': { operators: exact, read: ({ credential }) => String(credential.group_id) },
  recipient_name: { operators: exact, read: ({ credential }) => credential.recipient.name },
  approve: { operators: ['eq'], read: ({ credential }) => String(credential.approve) },
  recipient_email: { operators: exact, read: ({ credential }) => credential.recipient.email },
  recipient_id: { operators: exact, read: ({ credential }) => credential.recipient.id },
  license_id: { operators: exact, read: ({ credential }) => credential.license_id },
  issued_on: { operators: ranged, read: ({ credential }) => credential.issued_on, day: true },
  expired_on: { operators: ranged, read: ({ credential }) => credential.expired_on, day: true },
  updated_at: {
    operators: ranged,
    read: ({ credential }) => dayOf(credential.updated_at),
    day: true,
  },
  created_at: {
    operators: ranged,
    read: ({ credential }) => dayOf(credential.created_at),
    day: true,
  },
}
const objects: Readonly<Record<string, (found: Found) => object | null>> = {
  meta_data: ({ credential }) => credential.meta_data,
  recipient_meta_data: ({ credential }) => credential.recipient.meta_data,
  custom_attributes: ({ credential }) => credential.custom_attributes,
}
const sorts: Readonly<Record<string, (found: Found) => string>> = {
  id: () => '',
  recipient_name: ({ credential }) => credential.recipient.name,
  'group.name': ({ group }) => group?.name ?? '',
  issued_on: ({ credential }) => credential.issued_on,
  expired_on: ({ credential }) => credential.expired_on ?? '',
}

/** The second search. Fields, operators and keys to sort by that are not documented are refused. */
export function searchCredentials(all: readonly Found[], input: unknown) {
  const parsed = searchInput.safeParse(input)
  if (!parsed.success) throw refused('query is missing or page cannot be read')
  const { query, sort, page } = parsed.data
  const tests = Object.entries(query).map(([key, value]) => toTest(key, value))
  const { keyOf, descending } = toOrder(sort)
  const turned = descending ? -1 : 1
  const sorted = all
    .filter((found) => tests.every((test) => test(found)))
    .map((found) => ({ found, key: keyOf(found), id: found.credential.id }))
    .sort((a, b) => turned * compare(a, b))
  const { from = 0, size, cursor } = page
  if (cursor !== undefined && page.from !== undefined) {
    throw refused('from and cursor cannot be used together')
  }
  if (from + size > mostRows) throw refused(`Only the first ${mostRows} results can be had by from`)
  const after = cursor === undefined ? undefined : readCursor(cursor)
  const rest = after ? sorted.filter((row) => turned * compare(row, after) > 0) : sorted.slice(from)
  const rows = rest.slice(0, size)
  const last = rows.at(-1)
  return {
    rows: rows.map(({ found }) => found),
    // There is a cursor as long as there are rows, behind the last one too.
    meta: { count: sorted.length, from, size, ...(last ? { cursor: writeCursor(last) } : {}) },
  }
}

function toTest(key: string, value: unknown): (found: Found) => boolean {
  const [, name = '', operator = 'eq'] = /^([\w.]+)(?:\[(\w+)\])?$/.exec(key) ?? []
  const object = objects[name]
  if (object !== undefined && !key.includes('[')) return (found) => contains(object(found), value)
  const field = fields[name]
  if (field === undefined) throw refused(`Field ${key} is not supported`)
  if (!field.operators.includes(operator)) {
    throw refused(`Operation ${operator} is not supported on ${name}`)
  }
  const wanted = (operator === 'in' && Array.isArray(value) ? value : [value]).map(String)
  if (field.day && !wanted.every((day) => /^\d{4}-\d{2}-\d{2}$/.test(day))) {
    throw refused(`${name} takes dates in the form YYYY-MM-DD`)
  }
  const [bound = ''] = wanted
  return (found) => {
    const actual = field.read(found)
    if (actual === null) return false
    if (operator === 'lt') return actual < bound
    if (operator === 'lte') return actual <= bound
    if (operator === 'gt') return actual > bound
    if (operator === 'gte') return actual >= bound
    return wanted.includes(actual)
  }
}

function toOrder(sort: Readonly<Record<string, string>> = {}) {
  const [[key, order] = ['id', 'asc']] = Object.entries(sort)
  const keyOf = sorts[key]
  if (keyOf === undefined) throw refused(`Sort key ${key} is not supported`)
  if (order !== 'asc' && order !== 'desc') throw refused(`Sort order ${order} is not supported`)
  return { keyOf, descending: order === 'desc' }
}

type Place = { readonly key: string; readonly id: number }

function compare(a: Place, b: Place): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1
  return a.id - b.id
}

function writeCursor({ key, id }: Place): string {
  return Buffer.from(JSON.stringify([key, id])).toString('base64')
}

function readCursor(cursor: string): Place {
  try {
    const json: unknown = JSON.parse(Buffer.from(cursor, 'base64').toString('utf8'))
    const [key, id] = z.tuple([z.string(), z.number()]).parse(json)
    return { key, id }
  } catch {
    throw refused('cursor is not valid')
  }
}

function contains(object: object | null, wanted: unknown): boolean {
  const entries = new Map(Object.entries(object ?? {}))
  return Object.entries(z.record(z.string(), z.unknown()).catch({}).parse(wanted)).every(
    ([key, value]) => entries.get(key) === value,
  )
}

function dayOf(time: string): string {
  return time.slice(0, 10)
}

function refused(message: string): AccredibleRefusal {
  const body = { code: 400, message, status: 'invalid_search_query', errors: {} }
  return new AccredibleRefusal(400, body)
}
