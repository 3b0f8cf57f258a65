import type { BackpackBadgeDetail } from '@rosette/contract/backpack'
import type { BadgeRow } from './badge-views.js'
import type { Detail } from './detail-views.js'

export type BadgeForm = BackpackBadgeDetail['forms'][number]

/** In which forms a badge can be downloaded. */
export function formsOf(row: BadgeRow, { text }: Pick<Detail, 'text'>): BadgeForm[] {
  if (row.origin === 'earned') return row.isSigned ? ['png', 'svg', 'json', 'jwt'] : []
  if (row.state === 'waiting' || text === null || text === '') return []
  return isJwt(text) ? ['png', 'svg', 'json', 'jwt'] : ['png', 'svg', 'json']
}

/** Whether the badge is a compact JWS and no JSON. */
export function isJwt(text: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)
}
