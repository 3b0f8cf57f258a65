import type { GuardedRequest } from '@rosette/guarded-fetch'
import { z } from 'zod'
import type { HostEndpointsJson } from '../../db/oauth-schema.js'
import { AppError } from '../../http/app-error.js'
import { badgeConnectScopes, offlineAccess, openBadgesScopes } from '../oauth-host/oauth-host.js'
import { askHost, isGood, jsonOf, plain } from './host-answer.js'

/** What another host says of itself. */
export type FoundHost = {
  readonly name: string
  readonly kind: 'open-badges-3.0' | 'badge-connect-2.1'
  readonly registration: string
  readonly endpoints: HostEndpointsJson
}

const url = z.url({ protocol: /^https?$/ }).max(2000)

const description = z.object({
  info: z.object({ title: z.string() }),
  servers: z.array(z.object({ url })).min(1),
  components: z.object({
    securitySchemes: z.object({
      OAuth2ACG: z.object({
        'x-imssf-registrationUrl': url,
        'x-imssf-revocationUrl': url.optional(),
        flows: z.object({
          authorizationCode: z.object({
            authorizationUrl: url,
            tokenUrl: url,
            scopes: z.record(z.string(), z.unknown()),
          }),
        }),
      }),
    }),
  }),
})

const connect = z.object({
  name: z.string(),
  apiBase: url,
  scopesOffered: z.array(z.string()),
  registrationUrl: url,
  authorizationUrl: url,
  tokenUrl: url,
  tokenRevocationUrl: url.optional(),
})
const manifest = z.object({ badgeConnectAPI: z.array(connect).min(1) })

/**
 * Asks a host what it can do: by the address of one of its two descriptions, or by that of the host,
 * below which and at whose root they are looked for. The newer of both is taken.
 */
export async function discoverHost(request: GuardedRequest, address: string): Promise<FoundHost> {
  let unreachable: unknown
  for (const candidate of candidatesFor(address)) {
    const headers = { accept: 'application/json' }
    const answer = await askHost(request, candidate, { headers }).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error
      unreachable ??= error
    })
    const found = answer !== undefined && isGood(answer) ? readHost(jsonOf(answer)) : undefined
    if (found !== undefined) return assertSecure(found, address)
  }
  if (unreachable !== undefined) throw unreachable
  const remedy = 'Check the address with those who run the host.'
  const message = `${new URL(address).host} offers neither the Open Badges 3.0 API nor Badge Connect.`
  throw new AppError('host-refused', `${message} ${remedy}`)
}

function candidatesFor(address: string): readonly string[] {
  const { origin, pathname } = new URL(address)
  const whole = `${origin}${pathname.replace(/\/+$/, '')}`
  if (/(?:\/discovery|\.json)$/.test(whole)) return [whole]
  const below = [...new Set([whole, origin])]
  return ['/ims/ob/v3p0/discovery', '/.well-known/badgeconnect.json'].flatMap((path) =>
    below.map((start) => start + path),
  )
}

function readHost(document: unknown): FoundHost | undefined {
  const described = description.safeParse(document)
  if (described.success) return fromDescription(described.data)
  const listed = manifest.safeParse(document)
  const [first] = listed.success ? listed.data.badgeConnectAPI : []
  return first === undefined ? undefined : fromManifest(first)
}

function fromDescription({ info, servers, components }: z.output<typeof description>): FoundHost {
  const scheme = components.securitySchemes.OAuth2ACG
  const { authorizationUrl, tokenUrl, scopes } = scheme.flows.authorizationCode
  const revocation = scheme['x-imssf-revocationUrl']
  return {
    name: plain(info.title, 100),
    kind: 'open-badges-3.0',
    registration: scheme['x-imssf-registrationUrl'],
    endpoints: {
      authorization: authorizationUrl,
      token: tokenUrl,
      ...(revocation !== undefined && { revocation }),
      badges: `${servers[0]?.url.replace(/\/+$/, '')}/credentials`,
      scopes: wanted([openBadgesScopes.write], Object.keys(scopes)),
    },
  }
}

function fromManifest(api: z.output<typeof connect>): FoundHost {
  const revocation = api.tokenRevocationUrl
  return {
    name: plain(api.name, 100),
    kind: 'badge-connect-2.1',
    registration: api.registrationUrl,
    endpoints: {
      authorization: api.authorizationUrl,
      token: api.tokenUrl,
      ...(revocation !== undefined && { revocation }),
      badges: `${api.apiBase.replace(/\/+$/, '')}/assertions`,
      scopes: wanted([badgeConnectScopes.write], api.scopesOffered),
    },
  }
}

// Nothing more than what is needed, and to stay where that is offered.
function wanted(needed: readonly string[], offered: readonly string[]): readonly string[] {
  return offered.includes(offlineAccess) ? [...needed, offlineAccess] : needed
}

// A browser is led there, and secrets are sent there; over plain http anybody could read them.
function assertSecure(found: FoundHost, address: string): FoundHost {
  const isPlain = new URL(address).protocol === 'http:'
  const { authorization, token, badges, revocation = token } = found.endpoints
  const all = [found.registration, authorization, token, badges, revocation]
  const isSafe = all.every((one) => isPlain || new URL(one).protocol === 'https:')
  if (isSafe) return found
  const message = `${found.name} names addresses without https, where badges would not be safe.`
  throw new AppError('host-refused', message)
}
