import type { ConnectedApplication } from '@rosette/contract/backpack'
import { z } from 'zod'
import type { ApplicationRow } from './oauth-repository.js'
import { inWords } from './scopes.js'

const client = z.object({
  client_name: z.string(),
  client_uri: z.string(),
  logo_uri: z.string(),
  policy_uri: z.string(),
  tos_uri: z.string(),
})

/** How an application shows itself to those whom it asks. */
export function faceOf(metadata: unknown) {
  const face = client.parse(metadata)
  return {
    name: face.client_name,
    url: secureOrNull(face.client_uri),
    // Fetched by the browser, never by us; over plain http it could be anybody's.
    logoUrl: secureOrNull(face.logo_uri),
    policyUrl: secureOrNull(face.policy_uri),
    termsUrl: secureOrNull(face.tos_uri),
  }
}

export function toApplication(row: ApplicationRow): ConnectedApplication {
  const { name, url, logoUrl } = faceOf(row.client)
  const { clientId: id, connectedAt, lastUsedAt } = row
  return { id, name, url, logoUrl, scopes: inWords(row.scopes), connectedAt, lastUsedAt }
}

function secureOrNull(uri: string): string | null {
  return URL.canParse(uri) && new URL(uri).protocol === 'https:' ? new URL(uri).href : null
}
