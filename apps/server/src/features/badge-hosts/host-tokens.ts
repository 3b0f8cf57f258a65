import type { GuardedRequest } from '@rosette/guarded-fetch'
import { z } from 'zod'
import { askHost, isGood, jsonOf, refusedBy } from './host-answer.js'
import type { HostSecret } from './host-secret.js'

const registered = z.object({
  client_id: z.string().min(1).max(1000),
  client_secret: z.string().min(1).max(2000),
})
const tokens = z.object({
  access_token: z.string().min(1).max(10_000),
  refresh_token: z.string().max(10_000).optional(),
  expires_in: z.number().positive().optional(),
})

export type Client = { readonly id: string; readonly secret: string }
type Place = { readonly name: string; readonly url: string }

/** The OAuth 2.0 of other hosts, from the side of a client. */
export function createHostTokens(request: GuardedRequest, now: () => Date) {
  async function register({ name, url }: Place, metadata: object): Promise<Client> {
    const headers = { 'content-type': 'application/json', accept: 'application/json' }
    const answer = await askHost(request, url, { headers, body: JSON.stringify(metadata) })
    const client = registered.safeParse(jsonOf(answer))
    if (!isGood(answer) || !client.success) {
      throw refusedBy(name, answer, 'Asked to register this site')
    }
    return { id: client.data.client_id, secret: client.data.client_secret }
  }

  /** Tokens for a code or for a refresh token; those that came before are kept where none comes. */
  async function get(
    { name, url }: Place,
    client: Client,
    form: Readonly<Record<string, string>>,
  ): Promise<Pick<HostSecret, 'accessToken' | 'refreshToken' | 'until'>> {
    const answer = await post(url, client, form)
    const found = tokens.safeParse(jsonOf(answer))
    if (!isGood(answer) || !found.success) throw refusedBy(name, answer, 'Asked for access')
    const { access_token: accessToken, refresh_token, expires_in = 3600 } = found.data
    const refreshToken = refresh_token ?? form['refresh_token']
    const until = now().getTime() + expires_in * 1000
    return { accessToken, until, ...(refreshToken !== undefined && { refreshToken }) }
  }

  async function revoke(url: string, client: Client, token: string): Promise<void> {
    await post(url, client, { token })
  }

  async function post(url: string, client: Client, form: Readonly<Record<string, string>>) {
    const both = [client.id, client.secret].map(encodeURIComponent).join(':')
    const headers = {
      authorization: `Basic ${Buffer.from(both).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    }
    return await askHost(request, url, { headers, body: new URLSearchParams(form).toString() })
  }

  return { register, get, revoke }
}

export type HostTokens = ReturnType<typeof createHostTokens>
