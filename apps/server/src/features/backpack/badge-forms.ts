import type { BackpackBadgeDetail } from '@rosette/contract/backpack'
import type { BadgeRow } from './badge-views.js'
import type { Detail } from './detail-views.js'
import { standingOf } from './to-badge.js'

export type BadgeForm = BackpackBadgeDetail['forms'][number]

/** In which forms a badge can be downloaded; on paper only while it is in force. */
export function formsOf(row: BadgeRow, { text }: Pick<Detail, 'text'>, now: Date): BadgeForm[] {
  const forms = signedForms(row, text ?? '')
  const { status } = standingOf(row, now)
  return status === 'valid' && forms.length > 0 ? [...forms, 'pdf'] : forms
}

function signedForms(row: BadgeRow, text: string): BadgeForm[] {
  if (row.origin === 'earned') return row.isSigned ? ['png', 'svg', 'json', 'jwt'] : []
  if (row.state === 'waiting' || text === '') return []
  return ['png', 'svg', isJwt(text) ? 'jwt' : 'json']
}

/** Whether the badge is a compact JWS and no JSON. */
export function isJwt(text: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)
}
