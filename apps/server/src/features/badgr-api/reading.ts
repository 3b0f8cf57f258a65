import { badFields, type Fields, isFields } from '../badgr-auth/badgr-auth.js'

export const messages = {
  required: 'This field is required.',
  blank: 'This field may not be blank.',
  text: 'Not a valid string.',
  url: 'Enter a valid URL.',
  email: 'Enter a valid email address.',
  time: 'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].',
  list: 'Expected a list of items.',
  object: 'Invalid data. Expected a dictionary.',
} as const

/** Reads fields one by one and keeps what is wrong with them, so that all of it is said at once. */
export function openReading(fields: Fields) {
  const errors: Record<string, unknown> = {}

  function fail(name: string, ...reasons: readonly unknown[]): undefined {
    errors[name] ??= reasons
    return undefined
  }

  /** A text of the field; undefined where it was left out, null where it says that there is none. */
  function text(name: string, most: number): string | null | undefined {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (value === undefined || value === null) return value
    if (typeof value !== 'string' && typeof value !== 'number') return fail(name, messages.text)
    const given = String(value).trim()
    if (given.length > most) {
      return fail(name, `Ensure this field has no more than ${most} characters.`)
    }
    return given
  }

  function needed(name: string, most: number): string {
    const value = text(name, most)
    if (value === undefined || value === null) fail(name, messages.required)
    else if (value === '') fail(name, messages.blank)
    return value ?? ''
  }

  function url(name: string, most = 2000): string | null | undefined {
    const value = text(name, most)
    if (value === '' || value === null) return null
    if (value !== undefined && !isWebAddress(value)) return fail(name, messages.url)
    return value
  }

  function list(name: string): readonly unknown[] | undefined {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (value === undefined || value === null || value === '') return undefined
    return Array.isArray(value) ? value : fail(name, messages.list)
  }

  function object(name: string): Fields | undefined {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (value === undefined || value === null || value === '') return undefined
    return isFields(value) ? value : fail(name, messages.object)
  }

  return {
    fields,
    errors,
    fail,
    text,
    needed,
    url,
    list,
    object,
    /** Refuses when anything was wrong. */
    done(): void {
      if (Object.keys(errors).length > 0) throw badFields(errors)
    },
  }
}

export type Reading = ReturnType<typeof openReading>

export function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s/]+/i.test(text) && URL.canParse(text)
}

const mailForm = /^[^\s@<>()"',;:\\]+@[^\s@<>()"',;:\\]+\.[^\s@<>()"',;:\\]+$/

export function isMailAddress(text: string): boolean {
  return text.length <= 254 && mailForm.test(text)
}

const timeForm =
  /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?\d*)?\s*(?:Z|[+-]\d\d:?\d\d)?)?$/i

/** A time in any of the forms that were taken; without a zone it is in UTC. */
export function parseTime(text: string): Date | undefined {
  if (!timeForm.test(text)) return undefined
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/i.test(text.slice(10))
  const isDay = text.length === 10
  const time = new Date(isDay || hasZone ? text : `${text}Z`)
  return Number.isNaN(time.getTime()) ? undefined : time
}

/** Yes, as it is written in queries. */
export function isYes(text: string | undefined): boolean {
  return text === '1' || text?.toLowerCase() === 'true'
}
