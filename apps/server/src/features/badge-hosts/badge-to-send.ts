import { AppError } from '../../http/app-error.js'
import { formOf, textOf } from '../open-badges-api/open-badges-api.js'
import type { HostRow, Sendable } from './host-repository.js'

/** What is posted to a host. */
export type Parcel = { readonly contentType: string; readonly body: string }

type Deps = {
  /** The award in Open Badges 2.0, as everybody is served it. */
  readonly hostedAssertion: () => Promise<string>
}

/** A badge in the form that this kind of host takes; throws `conflict` where there is none. */
export async function toParcel(
  badge: Sendable,
  kind: HostRow['kind'],
  { hostedAssertion }: Deps,
): Promise<Parcel> {
  if (badge.origin === 'imported') return ofEntry(badge, kind)
  const { signedText, isInForce } = badge
  if (signedText === null || !isInForce) {
    throw new AppError(
      'conflict',
      'This badge is not signed here, not yet signed, or was taken back.',
    )
  }
  if (kind === 'open-badges-3.0') return { contentType: 'application/json', body: signedText }
  return asAssertion(await hostedAssertion())
}

function ofEntry(
  { content, kind }: Extract<Sendable, { origin: 'imported' }>,
  of: HostRow['kind'],
) {
  const isAssertion = kind.startsWith('Assertion 2')
  const isCredential = kind.startsWith('OpenBadge')
  const isTaken = of === 'open-badges-3.0' ? isCredential : isAssertion
  const text = isTaken ? textOf({ content }) : undefined
  if (text === undefined) {
    const version = of === 'open-badges-3.0' ? '3.0' : '2.0'
    throw new AppError('conflict', `That host takes badges of Open Badges ${version} only.`)
  }
  if (of === 'badge-connect-2.1') return asAssertion(text)
  const form = formOf(text)
  const isCompact = form !== undefined && 'jws' in form
  return { contentType: isCompact ? 'text/plain' : 'application/json', body: text }
}

function asAssertion(text: string): Parcel {
  const form = formOf(text)
  if (form === undefined) throw new AppError('conflict', 'That badge cannot be sent as it is.')
  const body = 'jws' in form ? { signedAssertion: form.jws } : { assertion: form.json }
  return { contentType: 'application/json', body: JSON.stringify(body) }
}
