import { trusted } from './html.js'

const icon = (inner: string) =>
  trusted(
    `<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><g fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${inner}</g></svg>`,
  )

/** Shapes that differ, so that colour is never the only sign. */
export const icons = {
  good: icon('<circle cx="12" cy="12" r="10"/><path d="m7.5 12.5 3 3 6-7"/>'),
  warn: icon('<path d="M12 3 1.8 20.5h20.4z"/><path d="M12 10v4.5m0 3v.01"/>'),
  waiting: icon('<circle cx="12" cy="12" r="10"/><path d="M12 6.5V12l3.5 2.5"/>'),
  bad: icon('<circle cx="12" cy="12" r="10"/><path d="m8.5 8.5 7 7m0-7-7 7"/>'),
  skipped: icon('<circle cx="12" cy="12" r="10"/><path d="M8 12h8"/>'),
} as const

const petals = Array.from({ length: 8 }, (_, n) => {
  const angle = (n * Math.PI) / 4
  const x = (16 + 7.6 * Math.sin(angle)).toFixed(1)
  const y = (12 - 7.6 * Math.cos(angle)).toFixed(1)
  return `<circle cx="${x}" cy="${y}" r="4.2"/>`
}).join('')

/** The mark of Rosette: eight petals, two ribbons, a tick. */
export const rosetteMark = markIn('#6366f1', '#312e81')

/** The mark in other colours; `more` goes into its root element. */
export function markIn(
  petal: string,
  centre: string,
  more = 'aria-hidden="true" focusable="false"',
) {
  return trusted(
    `<svg viewBox="0 0 32 32" ${more}><g fill="${petal}"><path d="M9.5 17 6 31l5-2 3.5 3L17 20zM22.5 17 26 31l-5-2-3.5 3L15 20z"/>${petals}</g><circle cx="16" cy="12" r="8" fill="${centre}"/><path d="m12.4 12.2 2.6 2.7 4.8-5.6" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>`,
  )
}
