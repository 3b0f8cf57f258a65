import { type Html, html } from './html.js'

/** The language of the pages; British English writes dates as the rest of the world reads them. */
const locale = 'en-GB'
const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
const numbers = new Intl.NumberFormat(locale)
const rules = new Intl.PluralRules(locale)

export type Forms = { readonly one: string; readonly other: string }

/** A count with its noun, as the language has it: `{n}` stands for the number. */
export function plural(count: number, forms: Forms): string {
  const form = rules.select(count) === 'one' ? forms.one : forms.other
  return form.replace('{n}', numbers.format(count))
}

export function formatDate(instant: string): string {
  return dates.format(new Date(instant))
}

/** A date for people, with the exact instant for programs. */
export function dateTag(instant: string): Html {
  return html`<time datetime="${instant}">${formatDate(instant)}</time>`
}
