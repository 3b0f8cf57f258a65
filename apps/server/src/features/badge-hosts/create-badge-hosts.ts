import { createHash } from 'node:crypto'
import { createGuardedRequest } from '@rosette/guarded-fetch'
import { inTransaction } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { recordAudit } from '../audit/audit.js'
import { createConnecting } from './connect-host.js'
import { plain } from './host-answer.js'
import { deleteHost, type HostRow, listHosts, takeAnswer, updateHost } from './host-repository.js'
import { openHostSecret, sealHostSecret } from './host-secret.js'
import { createHostTokens } from './host-tokens.js'
import { audit, callbackOf, type HostDeps, hostOr404, type Person } from './own-host.js'
import { createSending } from './send-badge.js'

/** What comes back from a host with a browser. */
export type HostReply = {
  readonly code?: string | undefined
  readonly state?: string | undefined
  readonly error?: string | undefined
}

/** Other hosts to which people send their badges from here. */
export function createBadgeHosts(deps: HostDeps) {
  const { db, urls, masterKey, now, allowedHosts } = deps
  const request = createGuardedRequest({ allowHosts: allowedHosts, timeout: 20_000 })
  const tokens = createHostTokens(request, now)

  /** Takes the answer of a host, for the person who asked and in one try. */
  async function finish(person: Person, id: string, reply: HostReply): Promise<void> {
    const answered = { id, userId: person.id, stateHash: hashOf(reply.state ?? '') }
    const host = await takeAnswer(db, answered)
    if (host === undefined) {
      const remedy = 'Connect the host again.'
      throw new AppError('host-not-found', `Nobody waits for this answer any more. ${remedy}`)
    }
    try {
      await takeTokens(host, reply)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      await updateHost(db, id, { state: 'ended', last_error: error.message })
      throw error
    }
  }

  async function takeTokens(host: HostRow, { code, error }: HostReply): Promise<void> {
    const { id, name, endpoints, client_id } = host
    if (code === undefined) {
      const why =
        error === 'access_denied' ? 'It was not allowed there' : plain(error ?? 'No answer')
      throw new AppError('host-refused', `${name} gave no access: ${why}.`)
    }
    const { verifier = '', clientSecret } = openHostSecret(id, host.sealed_secret, masterKey)
    const got = await tokens.get(
      { name, url: endpoints.token },
      { id: client_id, secret: clientSecret },
      {
        grant_type: 'authorization_code',
        code,
        redirect_uri: callbackOf(urls, id),
        code_verifier: verifier,
        scope: endpoints.scopes.join(' '),
      },
    )
    const sealed_secret = sealHostSecret(id, { clientSecret, ...got }, masterKey)
    const connected_at = now().toISOString()
    await updateHost(db, id, { sealed_secret, state: 'connected', connected_at, last_error: null })
  }

  /** Ends the connection there, as far as that can be done, and here in any case. */
  async function remove(person: Person, id: string): Promise<void> {
    const host = await hostOr404(db, person.id, id)
    const { revocation } = host.endpoints
    const kept = openHostSecret(id, host.sealed_secret, masterKey)
    const client = { id: host.client_id, secret: kept.clientSecret }
    if (revocation !== undefined) {
      for (const token of [kept.refreshToken, kept.accessToken]) {
        if (token !== undefined) await tokens.revoke(revocation, client, token).catch(ignoreRefusal)
      }
    }
    await inTransaction(db, async (tx) => {
      await deleteHost(tx, id)
      await recordAudit(tx, { ...audit(person, 'remove', id), detail: { name: host.name } })
    })
  }

  return {
    connect: createConnecting({ ...deps, request, tokens }),
    finish,
    remove,
    list: (userId: string) => listHosts(db, userId),
    send: createSending({ ...deps, request, tokens }),
  }
}

export type BadgeHosts = ReturnType<typeof createBadgeHosts>

// It may be away, or have forgotten us; the connection ends here all the same.
function ignoreRefusal(error: unknown): void {
  if (!(error instanceof AppError)) throw error
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
