import i18next from 'i18next'

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

/** A length of time in its largest unit: 4 seconds, 2.5 hours. */
export function inWords(seconds: number, language = i18next.language): string {
  const [unit, size] = units.find(([, length]) => seconds >= length) ?? ['second', 1]
  const value = seconds / size
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    unitDisplay: 'long',
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value)
}
