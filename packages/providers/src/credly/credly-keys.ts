import type { CallOptions } from '../provider.js'
import { ProviderError } from '../provider-error.js'
import { toTime } from '../wire-values.js'
import { oneOrganization, oneToken, organizationPage, tokenPage } from './credly-answers.js'
import type { CredlyApi } from './credly-api.js'
import { unlessMissing } from './credly-errors.js'
import { type CredlyOptions, credlyName, joinPath } from './credly-options.js'

/** What is asked about the account and the key itself. */
export function createKeyCalls(api: CredlyApi, options: CredlyOptions) {
  const { credentials, apiBaseUrl } = options

  /** Keys that may not write see only some keys, and an OAuth application may see none: no reason to fail. */
  async function findExpiry(token: string, { signal }: CallOptions): Promise<string | null> {
    try {
      const url = api.ofOrganization('authorization_tokens')
      for await (const page of api.pages(tokenPage, { url, signal })) {
        const ours = page.find((listed) => listed.token === token)
        if (ours) return toTime(ours.expires_at)
      }
      return null
    } catch (error) {
      if (isNotAllowed(error)) return null
      throw error
    }
  }

  async function rotateKey({ signal }: CallOptions = {}) {
    const { data } = await api.read(oneToken, {
      method: 'POST',
      url: api.ofOrganization('authorization_tokens'),
      body: {
        description: 'Rosette',
        read_enabled: true,
        write_enabled: true,
        delete_enabled: true,
      },
      signal,
    })
    return { key: data.token, expiresAt: toTime(data.expires_at) }
  }

  return {
    async testConnection({ signal }: CallOptions = {}) {
      const organization = await unlessMissing(() =>
        api.read(oneOrganization, { method: 'GET', url: api.ofOrganization(), signal }),
      )
      if (organization === undefined) throw refuseOrganization(options.organizationId)
      const keyExpiresAt =
        credentials.kind === 'token'
          ? await findExpiry(credentials.token, signal ? { signal } : {})
          : null
      return { name: organization.data.name, keyExpiresAt, credits: null }
    },

    async listOrganizations({ signal }: CallOptions = {}) {
      const url = joinPath(apiBaseUrl, 'organizations')
      const found: { id: string; name: string }[] = []
      for await (const page of api.pages(organizationPage, { url, signal })) found.push(...page)
      return found
    },

    // The secret of an OAuth application is changed at Credly, by people.
    ...(credentials.kind === 'token' ? { rotateKey } : {}),
  }
}

function refuseOrganization(id: string): ProviderError {
  const message = `${credlyName} knows no organization "${id}" that this key may see. Check the id of the organization.`
  return new ProviderError(message, { kind: 'refused', reason: 'not-found', status: 404 })
}

function isNotAllowed(error: unknown): boolean {
  if (!(error instanceof ProviderError)) return false
  return error.kind === 'unauthorized' || error.reason === 'not-found'
}
