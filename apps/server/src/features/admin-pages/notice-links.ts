import type { Notice } from '@rosette/contract'
import type { AdminPaths } from './admin-frame.js'
import { listPath } from './chosen.js'

const messages = {
  account: 'Open the account',
  badge: 'Open the badge',
  issuances: 'See which',
}

/** The one place where a notice is dealt with. */
export function noticeLink(
  { kind, subject }: Pick<Notice, 'kind' | 'subject'>,
  paths: AdminPaths,
): { readonly path: string; readonly text: string } | undefined {
  const [about, id = ''] = subject.split('/')
  if (kind === 'badge-ended-there') {
    const path = listPath(paths, { state: 'revoked', account: id })
    return { path, text: messages.issuances }
  }
  if (about === 'provider-account') return { path: paths.provider(id), text: messages.account }
  if (about === 'badge-template') return { path: paths.badge(id), text: messages.badge }
  return undefined
}
