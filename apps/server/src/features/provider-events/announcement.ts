import { AppError } from '../../http/app-error.js'

/** What a webhook says; nothing of it is believed before the provider was asked. */
export type Announcement = {
  readonly id: string
  readonly organizationId: string
  readonly type: string
  readonly occurredAt: string | null
}

const idForm = /^[0-9A-Za-z][0-9A-Za-z-]{0,99}$/
const typeForm = /^[\w.:-]{1,100}$/

/** Reads the body of Credly's webhook, of whatever content type it was. */
export function parseAnnouncement(body: unknown): Announcement {
  const members = parseMembers(body)
  return {
    id: textIn(members, 'id', idForm),
    organizationId: textIn(members, 'organization_id', idForm),
    type: textIn(members, 'event_type', typeForm),
    occurredAt: timeOf(members.get('occurred_at')),
  }
}

function parseMembers(body: unknown): ReadonlyMap<string, unknown> {
  let value: unknown
  try {
    value = typeof body === 'string' ? JSON.parse(body) : body
  } catch (cause) {
    throw new AppError('request-invalid', 'The body is no JSON.', { cause })
  }
  if (typeof value === 'object' && value !== null) return new Map(Object.entries(value))
  throw new AppError('request-invalid', 'The body must be a JSON object with the id of an event.')
}

function textIn(members: ReadonlyMap<string, unknown>, name: string, form: RegExp): string {
  const value = members.get(name)
  if (typeof value === 'string' && form.test(value)) return value
  const reason = `Must be a text such as ${name === 'event_type' ? 'badge.state.changed' : 'a UUID'}.`
  const message = `The announcement has no usable "${name}".`
  throw new AppError('request-invalid', message, { faults: [{ path: name, reason }] })
}

function timeOf(value: unknown): string | null {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  // Beyond these years the database has no place for it, and it is only what was claimed.
  const isUsable = time > 0 && time < Date.UTC(9999, 0)
  return isUsable ? new Date(time).toISOString() : null
}
