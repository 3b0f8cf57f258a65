import { invalid } from './accredible-refusal.js'

/**
 * A day as YYYY-MM-DD from what Accredible takes: that form, with or without a time behind it, and the
 * old DD/MM/YYYY. That a text which is no day is refused is an assumption.
 */
export function readDay(property: string, text: string): string {
  const [, year, month, day] =
    /^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/.exec(text) ??
    reversed(/^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text))
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
  const written = `${year}-${month}-${day}`
  // The thirtieth of February would become a day in March.
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== written) {
    throw invalid(property, 'is not a valid date')
  }
  return written
}

function reversed(found: RegExpExecArray | null): readonly (string | undefined)[] {
  return found === null ? [] : [found[0], found[3], found[2], found[1]]
}

export function addYears(day: string, years: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCFullYear(date.getUTCFullYear() + years)
  return date.toISOString().slice(0, 10)
}
