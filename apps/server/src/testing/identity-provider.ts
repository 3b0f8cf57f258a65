import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { findFreePort } from '@rosette/testkit'
import Provider from 'oidc-provider'

export type Account = {
  readonly sub: string
  readonly email?: string
  readonly email_verified?: boolean
  readonly name?: string
  readonly groups?: readonly string[]
}

export const clientSecret = 'a secret between the two of us'

/** A real OpenID provider in this process, at which whoever comes is the person of `signInAs`. */
export async function startIdentityProvider(callbacks: readonly string[]) {
  const port = await findFreePort()
  const issuer = `http://127.0.0.1:${port}`
  let current: Account | undefined
  const accounts = new Map<string, Account>()
  const provider: Provider = new Provider(issuer, {
    clients: [{ client_id: 'rosette', client_secret: clientSecret, redirect_uris: [...callbacks] }],
    clientAuthMethods: ['client_secret_basic'],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    cookies: { keys: ['for tests'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    findAccount: async (_ctx, sub) => ({
      accountId: sub,
      claims: async () => ({ ...accounts.get(sub), sub }),
    }),
    // Everybody agrees to everything.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new provider.Grant({
        clientId: oidc.client?.clientId ?? '',
        accountId: oidc.session?.accountId ?? '',
      })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  })
  const answer = provider.callback()

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!request.url?.startsWith('/interaction/')) return await answer(request, response)
    const result =
      current === undefined
        ? { error: 'access_denied', error_description: 'The person said no.' }
        : { login: { accountId: current.sub } }
    await provider.interactionFinished(request, response, result, {
      mergeWithLastSubmission: false,
    })
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error) => response.writeHead(500).end(String(error)))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))

  return {
    issuer,
    /** Undefined is somebody who says no. */
    signInAs(account: Account | undefined) {
      current = account
      if (account !== undefined) accounts.set(account.sub, account)
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}

export type IdentityProvider = Awaited<ReturnType<typeof startIdentityProvider>>

/** What a browser does at the provider until it is led elsewhere; the address to which it is led. */
export async function walkThrough(address: string): Promise<URL> {
  const { origin } = new URL(address)
  const jar = new Map<string, string>()
  let next = new URL(address)
  while (next.origin === origin) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(next, { redirect: 'manual', headers: { cookie } })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    const location = response.headers.get('location')
    if (location === null) throw new Error(`the provider stopped: ${await response.text()}`)
    next = new URL(location, next)
  }
  return next
}
