import { createHash } from 'node:crypto'
import type { GuardedRequest, GuardedResponse } from '@rosette/guarded-fetch'
import { inTransaction } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { recordAudit } from '../audit/audit.js'
import { type Parcel, toParcel } from './badge-to-send.js'
import { askHost, isGood, refusedBy } from './host-answer.js'
import {
  findHost,
  findSendable,
  type HostRow,
  noteSent,
  updateHost,
  wasSent,
} from './host-repository.js'
import { type HostSecret, openHostSecret, sealHostSecret } from './host-secret.js'
import type { HostTokens } from './host-tokens.js'
import { audit, type HostDeps, hostOr404, type Person } from './own-host.js'

type Deps = HostDeps & { readonly request: GuardedRequest; readonly tokens: HostTokens }

type Sending = {
  readonly hostId: string
  readonly badgeId: string
  /** Answers an address of ours with the document that everybody is served there. */
  readonly documentAt: (url: string) => Promise<string>
}

/** A token that ends within this is exchanged for a new one first. */
const margin = 60_000

const messages = {
  created: 'The badge is there now.',
  replaced: 'The badge was there, and is this one now.',
  'there-already': 'The badge was there already.',
} as const

/** Makes what sends a badge to a host. To send it twice does no harm: it is the same badge there. */
export function createSending(deps: Deps) {
  const { db, urls, masterKey, now, request, tokens } = deps

  async function send(person: Person, { hostId, badgeId, documentAt }: Sending) {
    const host = await hostOr404(db, person.id, hostId)
    const badge = await findSendable(db, person.id, badgeId)
    if (badge === undefined) {
      throw new AppError('badge-not-found', 'There is no such badge in your backpack.')
    }
    if (host.state !== 'connected') throw notConnected(host)
    const hostedAssertion = () => documentAt(urls.assertion(badgeId))
    const parcel = await toParcel(badge, host.kind, { hostedAssertion })
    const answer = await deliver(host, parcel)
    const sent = { hostId, badgeId, hash: createHash('sha256').update(parcel.body).digest() }
    const outcome = outcomeOf(answer, await wasSent(db, sent))
    if (outcome === undefined) {
      const refusal = refusedBy(host.name, answer, 'Given the badge')
      await updateHost(db, hostId, { last_error: refusal.message })
      throw refusal
    }
    await inTransaction(db, async (tx) => {
      await noteSent(tx, sent)
      await recordAudit(tx, {
        ...audit(person, 'send', hostId),
        detail: { badge: badgeId, outcome },
      })
    })
    if (host.last_error !== null) await updateHost(db, hostId, { last_error: null })
    return { outcome, message: messages[outcome] }
  }

  async function deliver(host: HostRow, parcel: Parcel): Promise<GuardedResponse> {
    const kept = openHostSecret(host.id, host.sealed_secret, masterKey)
    const isFresh = (kept.until ?? 0) > now().getTime() + margin
    const token = isFresh ? kept.accessToken : undefined
    const answer = await post(host, parcel, token ?? (await refresh(host, kept)))
    // Taken away there, or ended before its time: a new one tells which.
    if (answer.status !== 401 || token === undefined) return answer
    return await post(host, parcel, await refresh(host, kept))
  }

  async function post(host: HostRow, { contentType, body }: Parcel, token: string) {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': contentType,
      accept: 'application/json, application/vc+ld+json, text/plain',
    }
    return await askHost(request, host.endpoints.badges, { headers, body })
  }

  async function refresh(host: HostRow, kept: HostSecret): Promise<string> {
    const { id, name, endpoints, client_id } = host
    const { clientSecret, refreshToken } = kept
    if (refreshToken === undefined) throw await ended(host)
    const client = { id: client_id, secret: clientSecret }
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken }
    try {
      const got = await tokens.get({ name, url: endpoints.token }, client, form)
      const sealed_secret = sealHostSecret(id, { clientSecret, ...got }, masterKey)
      await updateHost(db, id, { sealed_secret })
      return got.accessToken ?? ''
    } catch (error) {
      const other = await refreshedMeanwhile(host)
      if (other !== undefined) return other
      // A host that is away has said nothing.
      if (error instanceof AppError && error.cause !== undefined) throw error
      throw await ended(host)
    }
  }

  // A refresh token is good once, so of two who come at the same time one is refused.
  async function refreshedMeanwhile({ id, user_id, sealed_secret }: HostRow) {
    const host = await findHost(db, user_id, id)
    if (host === undefined || host.sealed_secret.equals(sealed_secret)) return undefined
    return openHostSecret(id, host.sealed_secret, masterKey).accessToken
  }

  async function ended({ id, name }: HostRow): Promise<AppError> {
    const message = `${name} has ended the connection. Connect it again.`
    await updateHost(db, id, { state: 'ended', last_error: message })
    return new AppError('host-refused', message)
  }

  return send
}

function outcomeOf(answer: GuardedResponse, wasSent: boolean): keyof typeof messages | undefined {
  const { status } = answer
  if (status === 201) return 'created'
  if (status === 304 || status === 409) return 'there-already'
  if (!isGood(answer)) return undefined
  return wasSent ? 'there-already' : 'replaced'
}

function notConnected({ name, state }: HostRow): AppError {
  const why = state === 'ended' ? 'is not connected any more' : 'has not answered yet'
  return new AppError('host-refused', `${name} ${why}. Connect it again.`)
}
