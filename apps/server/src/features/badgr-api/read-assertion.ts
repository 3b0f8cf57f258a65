import type { EvidenceJson } from '../../db/schema.js'
import { type Fields, isFields, textIn } from '../badgr-auth/badgr-auth.js'
import {
  isMailAddress,
  isWebAddress,
  messages,
  openReading,
  parseTime,
  type Reading,
} from './reading.js'

/** What is to be awarded, as software says it. */
export type AssertionGiven = {
  readonly email: string
  readonly evidence: readonly EvidenceJson[]
  readonly narrative: string | undefined
  readonly issuedOn: string | undefined
  /** Null says that it does not expire; undefined leaves it to the badge class. */
  readonly expires: string | undefined
  readonly notify: boolean
  readonly allowsDuplicates: boolean
}

export const onlyMail =
  'Rosette awards to e-mail addresses: give a recipient of the type "email" with an address.'
const mostText = 16_384

export function readAssertion(fields: Fields, now: Date): AssertionGiven {
  const reading = openReading(fields)
  const given = {
    email: readRecipient(reading),
    evidence: readEvidence(reading),
    narrative: reading.text('narrative', mostText) || undefined,
    issuedOn: readIssuedOn(reading, 'issuedOn', now),
    expires: readTime(reading, 'expires'),
    notify: isTrue(fields['notify']),
    allowsDuplicates:
      fields['allowDuplicateAwards'] === undefined || isTrue(fields['allowDuplicateAwards']),
  }
  reading.done()
  return given
}

function readRecipient(reading: Reading): string {
  const recipient = reading.fields['recipient']
  if (!isFields(recipient)) {
    reading.fail('recipient', 'This field is required')
    return ''
  }
  const identity = (textIn(recipient, 'identity') ?? '').trim()
  const type = textIn(recipient, 'type') ?? 'email'
  if (type !== 'email') reading.fail('recipient', onlyMail)
  else if (identity === '') reading.fail('recipient', { identity: [messages.required] })
  else if (!isMailAddress(identity)) reading.fail('recipient', { identity: [messages.email] })
  return identity.toLowerCase()
}

/**
 * Evidence without an address and without words says nothing and is left out: an LMS sends such for
 * badges that have no certificate behind them.
 */
export function readEvidence(reading: Reading, name = 'evidence'): readonly EvidenceJson[] {
  return (reading.list(name) ?? []).flatMap((one): readonly EvidenceJson[] => {
    const [url, narrative] = [textOf(one, ['url', 'evidence_url']), textOf(one, ['narrative'])]
    if (!isFields(one)) return reading.fail(name, messages.object) ?? []
    if (url !== '' && !isWebAddress(url)) return reading.fail(name, { url: [messages.url] }) ?? []
    if (url === '' && narrative === '') return []
    return [{ ...(url !== '' && { url }), ...(narrative !== '' && { narrative }) }]
  })
}

function textOf(from: unknown, names: readonly string[]): string {
  return names.map((name) => textIn(from, name)?.trim() ?? '').find((one) => one !== '') ?? ''
}

export function readIssuedOn(reading: Reading, name: string, now: Date): string | undefined {
  const time = readTime(reading, name)
  if (time === undefined) return undefined
  if (Date.parse(time) > now.getTime()) {
    return reading.fail(name, 'Only issuedOn dates in the past are acceptable.')
  }
  if (new Date(time).getUTCFullYear() < 1583) {
    return reading.fail(name, 'Ensure date is after year 1583.')
  }
  return time
}

export function readTime(reading: Reading, name: string): string | undefined {
  const text = reading.text(name, 50)
  if (text === undefined || text === null || text === '') return undefined
  return parseTime(text)?.toISOString() ?? reading.fail(name, messages.time)
}

/** True as JSON has it, or as a form does. */
export function isTrue(value: unknown): boolean {
  return value === true || (typeof value === 'string' && /^(?:true|1|on|yes)$/i.test(value))
}
