import i18next from 'i18next'

const units = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** A number of bytes in the largest unit that leaves a whole number. */
export function sizeOf(bytes: number): string {
  let size = bytes / 1024
  let at = 0
  while (size >= 1024 && at < units.length - 1) {
    size /= 1024
    at += 1
  }
  return new Intl.NumberFormat(i18next.language, {
    style: 'unit',
    unit: units[at] ?? 'kilobyte',
    maximumFractionDigits: size < 10 ? 1 : 0,
  }).format(size)
}
