import { proofAlgorithms } from './key-proof.js'

/** The grant for which a code is had from this site's own pages. */
export const preAuthorized = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'

const type = ['VerifiableCredential', 'OpenBadgeCredential']
const contexts = [
  'https://www.w3.org/ns/credentials/v2',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
]
const claims = [
  {
    path: ['credentialSubject', 'achievement', 'name'],
    display: [{ name: 'Badge', locale: 'en' }],
  },
  {
    path: ['credentialSubject', 'achievement', 'description'],
    display: [{ name: 'Description', locale: 'en' }],
  },
  { path: ['issuer', 'name'], display: [{ name: 'Issuer', locale: 'en' }] },
]

const common = {
  cryptographic_binding_methods_supported: ['jwk', 'did:jwk', 'did:key'],
  proof_types_supported: { jwt: { proof_signing_alg_values_supported: [...proofAlgorithms] } },
  credential_metadata: { display: [{ name: 'Open Badge', locale: 'en' }], claims },
}

/** In which forms a wallet may have a badge, by the names of this site. */
const configurations = {
  open_badge_ldp_vc: {
    format: 'ldp_vc',
    credential_signing_alg_values_supported: ['eddsa-rdfc-2022'],
    credential_definition: { '@context': contexts, type },
    ...common,
  },
  open_badge_jwt_vc_json: {
    format: 'jwt_vc_json',
    credential_signing_alg_values_supported: ['ES256'],
    credential_definition: { type },
    ...common,
  },
} as const

export const formOfConfiguration: Readonly<Record<string, 'json' | 'jwt'>> = {
  open_badge_ldp_vc: 'json',
  open_badge_jwt_vc_json: 'jwt',
}

/** What this site issues to wallets, and where (OpenID4VCI 1.0, 12.2). */
export function issuerMetadata(base: string, name: string) {
  return {
    credential_issuer: base,
    credential_endpoint: `${base}/wallet/credential`,
    nonce_endpoint: `${base}/wallet/nonce`,
    display: [{ name, locale: 'en' }],
    credential_configurations_supported: configurations,
  }
}

/** Where wallets get their tokens (RFC 8414). */
export function walletServerMetadata(base: string) {
  return {
    issuer: base,
    token_endpoint: `${base}/wallet/token`,
    token_endpoint_auth_methods_supported: ['none'],
    response_types_supported: [],
    grant_types_supported: [preAuthorized],
    'pre-authorized_grant_anonymous_access_supported': true,
  }
}
