/** HTML that is safe to send as it is. Only this module and what sanitises make it. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  toString(): string {
    return this.text
  }
}

type Value = Html | string | number | false | null | undefined | readonly Value[]

/**
 * Builds HTML from a template whose values are escaped unless they are HTML already; lists are
 * joined, and what is false or absent leaves nothing. Attribute values must stand in double quotes.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  const parts = strings.map((text, n) => text + (n < values.length ? toText(values[n]) : ''))
  return new Html(parts.join(''))
}

/** For text that something else has made safe already. */
export function trusted(text: string): Html {
  return new Html(text)
}

/** Text as HTML or XML shows it, in content and in quoted attributes. */
export function escapeText(text: string): string {
  // Neither may hold control characters, escaped or not.
  const writable = text.replace(/[^\P{Cc}\t\n\r]/gu, '')
  return writable.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`)
}

function toText(value: Value): string {
  if (value === false || value === null || value === undefined) return ''
  if (value instanceof Html) return value.text
  if (typeof value === 'object') return value.map(toText).join('')
  return escapeText(String(value))
}
