import i18next from 'i18next'

/** Formats of the reader's language and time zone; texts never build numbers and dates by hand. */
export const format = {
  number: (value: number) => new Intl.NumberFormat(i18next.language).format(value),
  percent: (value: number) =>
    new Intl.NumberFormat(i18next.language, { style: 'percent', maximumFractionDigits: 0 }).format(
      value,
    ),
  date: (value: string | Date) =>
    new Intl.DateTimeFormat(i18next.language, { dateStyle: 'medium' }).format(new Date(value)),
  dateTime: (value: string | Date) =>
    new Intl.DateTimeFormat(i18next.language, { dateStyle: 'medium', timeStyle: 'short' }).format(
      new Date(value),
    ),
  exact: (value: string | Date) =>
    new Intl.DateTimeFormat(i18next.language, { dateStyle: 'full', timeStyle: 'long' }).format(
      new Date(value),
    ),
  list: (values: readonly string[], type: 'conjunction' | 'disjunction' = 'conjunction') =>
    new Intl.ListFormat(i18next.language, { type }).format(values),
  relative: (value: string | Date, now = new Date()) => {
    const seconds = (new Date(value).getTime() - now.getTime()) / 1000
    const [unit, size] = steps.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1]
    const words = new Intl.RelativeTimeFormat(i18next.language, { numeric: 'auto' })
    return words.format(Math.round(seconds / size), unit)
  },
  bytes: (value: number) => {
    const unit = value < 1024 * 1024 ? 'kilobyte' : 'megabyte'
    const size = value / (unit === 'kilobyte' ? 1024 : 1024 * 1024)
    return new Intl.NumberFormat(i18next.language, {
      style: 'unit',
      unit,
      maximumFractionDigits: 1,
    }).format(size)
  },
} as const

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
]
