import { formatEventTime, parseEventTime } from '@rosette/engine'
import { z } from 'zod'
import type { ImportFaultJson } from '../../db/award-import-schema.js'
import type { EvidenceJson } from '../../db/schema.js'
import type { ImportField, Values } from './columns.js'

/** What a row asks for, with everything in it understood. */
export type Asked = {
  readonly email?: string
  readonly username?: string
  readonly lmsUserId?: number
  readonly name?: string
  readonly template?: string
  readonly instance?: string
  readonly narrative?: string
  readonly evidence: readonly EvidenceJson[]
  readonly awardedAt?: string
  readonly expiresAt?: string
}
type Faults = ImportFaultJson[]

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const most: Partial<Record<ImportField, number>> = {
  email: 320,
  username: 150,
  name: 300,
  instance: 1000,
  narrative: 5000,
  evidenceUrl: 2000,
  evidenceName: 300,
  evidenceNarrative: 5000,
}

/** Understands the values of one row; each fault names its column and the remedy. */
export function readRow(
  values: Values,
  now: Date,
): { readonly asked: Asked; readonly faults: readonly ImportFaultJson[] } {
  const faults: Faults = []
  for (const [column, limit] of Object.entries(most)) {
    const text = Reflect.get(values, column)
    if (typeof text === 'string' && text.length > limit) {
      faults.push({ column, reason: `Is ${text.length} characters long; ${limit} are the most.` })
    }
  }
  const { email, username, name, template, instance, narrative } = values
  if (email === undefined && username === undefined && values.lmsUserId === undefined) {
    faults.push({ column: null, reason: 'Says nothing about whose badge it is.' })
  }
  if (email !== undefined && !z.email().safeParse(email).success) {
    faults.push({ column: 'email', reason: `"${short(email)}" is no e-mail address.` })
  }
  if (template !== undefined && !uuid.test(template)) {
    faults.push({ column: 'template', reason: 'Must be the id of a badge, as its page shows it.' })
  }
  const lmsUserId = numberIn(values, faults)
  const awardedAt = timeIn(values, 'awardedAt', faults)
  const expiresAt = timeIn(values, 'expiresAt', faults)
  if (awardedAt !== undefined && Date.parse(awardedAt) > now.getTime()) {
    faults.push({ column: 'awardedAt', reason: 'Lies in the future.' })
  }
  if (
    expiresAt !== undefined &&
    Date.parse(expiresAt) <= Date.parse(awardedAt ?? now.toISOString())
  ) {
    faults.push({ column: 'expiresAt', reason: 'Must be later than the award.' })
  }
  const told = { email, username, name, template: template?.toLowerCase(), instance, narrative }
  return {
    asked: {
      ...present({ ...told, lmsUserId, awardedAt, expiresAt }),
      evidence: evidenceIn(values, faults),
    },
    faults,
  }
}

function numberIn({ lmsUserId: text }: Values, faults: Faults): number | undefined {
  if (text === undefined) return undefined
  if (/^\d{1,15}$/.test(text) && Number(text) > 0) return Number(text)
  faults.push({
    column: 'lmsUserId',
    reason: `"${short(text)}" is no number of a user in the LMS.`,
  })
  return undefined
}

const day = /^(\d{4})-(\d{1,2})-(\d{1,2})$/
const moment =
  /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i

/** A day, or a time with its offset; without one it is read as UTC, and a day as its beginning in UTC. */
function timeIn(values: Values, column: 'awardedAt' | 'expiresAt', faults: Faults) {
  const text = values[column]
  if (text === undefined) return undefined
  const at = parseEventTime(standard(text))
  if (at !== null && !Number.isNaN(Date.parse(standard(text)))) return formatEventTime(at)
  const reason = `"${short(text)}" is no date. Write it as 2026-03-12, or as 2026-03-12T10:00:00Z.`
  faults.push({ column, reason })
  return undefined
}

function standard(text: string): string {
  const [, year, month = '', date = ''] = day.exec(text) ?? []
  if (year !== undefined) {
    return `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}T00:00:00Z`
  }
  const [, on, time = '', zone = 'Z'] = moment.exec(text) ?? []
  if (on === undefined) return text
  const offset = /^(z|utc)$/i.test(zone) ? 'Z' : zone.replace(/^([+-]\d\d):?(\d\d)$/, '$1:$2')
  return `${on}T${time.length === 5 ? `${time}:00` : time}${offset}`
}

function evidenceIn(values: Values, faults: Faults): readonly EvidenceJson[] {
  const { evidenceUrl: url, evidenceName: name, evidenceNarrative: narrative } = values
  if (url !== undefined && !z.url({ protocol: /^https?$/ }).safeParse(url).success) {
    const reason = `"${short(url)}" is no web address. Begin it with https://.`
    faults.push({ column: 'evidenceUrl', reason })
  }
  const evidence = present({ url, name, narrative })
  return Object.keys(evidence).length === 0 ? [] : [evidence]
}

type Present<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> }

function parsePresent<T extends object>(given: T): Present<T> {
  const members = Object.entries(given).filter(([, value]) => value !== undefined)
  return Object.fromEntries(members) as Present<T>
}
const present = parsePresent

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
