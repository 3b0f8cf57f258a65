import { tokenLifeMs } from './credly-organization-views.js'
import { CredlyRefusal, notFound } from './credly-refusals.js'
import type { CredlyState, SimToken } from './credly-state.js'

export type Right = 'read' | 'write' | 'delete'

/** Who asks: one key of one organization. */
export type Caller = {
  readonly key: string
  readonly organizationId: string
  /** The token, where it is one and not an OAuth application. */
  readonly token: SimToken | undefined
}

type Wanted = {
  readonly authorization: string | undefined
  readonly method: string
  /** The path below the version, such as `organizations/<id>/badges`. */
  readonly path: string
}

export function createGuard(state: CredlyState, now: () => Date) {
  return function authorize({ authorization = '', method, path }: Wanted): Caller {
    const [, scheme = '', value = ''] = /^(\S+) +(\S+)$/.exec(authorization.trim()) ?? []
    const caller =
      scheme.toLowerCase() === 'basic'
        ? fromToken(value, toRight(method))
        : scheme.toLowerCase() === 'bearer'
          ? fromAccessToken(value, path)
          : undefined
    if (caller === undefined) throw new CredlyRefusal(401, 'Unauthorized')
    const [, organizationId] = /^\/?organizations\/([^/?]+)/.exec(path) ?? []
    // Whether another organization's id is 403 or 404 is not known.
    if (organizationId !== undefined && organizationId !== caller.organizationId) throw notFound()
    return caller
  }

  /** The token is the user name, up to the first colon; without one it is everything. */
  function fromToken(value: string, right: Right): Caller | undefined {
    const [key = ''] = Buffer.from(value, 'base64').toString('utf8').split(':')
    const token = state.tokens.find((known) => known.token === key)
    if (token === undefined || !token[right]) return undefined
    if (token.createdAt.getTime() + tokenLifeMs <= now().getTime()) return undefined
    return { key, organizationId: token.organizationId, token }
  }

  function fromAccessToken(key: string, path: string): Caller | undefined {
    const held = state.accessTokens.get(key)
    if (held === undefined || held.expiresAt <= now()) return undefined
    const scope = toScope(path)
    if (scope !== undefined && !held.scopes.includes(scope)) {
      throw new CredlyRefusal(403, `The access token lacks the scope ${scope}.`)
    }
    return { key, organizationId: held.application.organizationId, token: undefined }
  }
}

function toRight(method: string): Right {
  if (method === 'DELETE') return 'delete'
  return method === 'GET' || method === 'HEAD' ? 'read' : 'write'
}

function toScope(path: string): string | undefined {
  const [, part = ''] = /^\/?organizations\/[^/]+\/([^/?]+)/.exec(path) ?? []
  if (part === 'badges' || part === 'high_volume_issued_badge_search') return 'issued_badges'
  return ['badge_templates', 'events', 'authorization_tokens'].find((scope) => scope === part)
}
