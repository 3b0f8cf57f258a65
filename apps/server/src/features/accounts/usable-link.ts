import type { Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { type LinkRow, lockLink } from './link-repository.js'

type Asked = { readonly kind: LinkRow['kind']; readonly secret: string; readonly now: Date }

const remedies = {
  'set-up': 'Start Rosette again, or run `rosette create-administrator-link`, for a new one.',
  reset: 'Ask for a new one.',
  invitation: 'Ask whoever invited you to send a new one.',
  'sign-in': 'Ask for a new one on the page of sign-in.',
  address: 'Have a new one sent from your settings.',
} as const

/** The link of a secret while it may be used, locked; throws otherwise. */
export async function lockUsableLink(tx: Tx, { kind, secret, now }: Asked): Promise<LinkRow> {
  const link = await lockLink(tx, kind, secret)
  const problem = problemOf(link, now)
  if (link === undefined || problem !== undefined) {
    throw new AppError('link-refused', `${problem ?? 'This link is unknown.'} ${remedies[kind]}`)
  }
  return link
}

function problemOf(link: LinkRow | undefined, now: Date): string | undefined {
  if (link === undefined) return 'This link is not, or no longer, one of ours.'
  if (link.used_at !== null) return 'This link has been used.'
  if (link.withdrawn_at !== null) return 'This link was replaced or withdrawn.'
  return Date.parse(link.expires_at) <= now.getTime() ? 'This link has expired.' : undefined
}
