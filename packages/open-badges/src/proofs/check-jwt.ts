import type { KeyObject } from 'node:crypto'
import type { JsonObject } from '../json/json.js'
import { assertDefined } from '../json-ld/canonize.js'
import { type KeyKind, publicKeyOfJwk } from '../keys/public-keys.js'
import {
  bareKey,
  hostKeysOf,
  onlyOneOf,
  type PublishedKey,
  resolveKey,
} from '../keys/resolve-key.js'
import { assertKind, verifyBytes } from '../keys/verify-bytes.js'
import { failed, failedBy, passed } from '../report/checks.js'
import type { Check } from '../report/report.js'
import { checkIssuer } from './check-issuer.js'
import { checkProofs, type ProofQuestion } from './check-proof.js'
import { badHeader, type Jws, kindOfHeader } from './jws.js'
import { checkClaims } from './jwt-claims.js'
import { assertKeyInForce, keyFailed, keyPassed, toRemark, withoutKey } from './proof-checks.js'
import { spendOnProof, type TimeForProofs } from './time-for-proofs.js'

const JWT_PROOF = 'Open Badges 3.0, 8.2 Verify a Credential'

/** A JWT and the credential that was found in it. */
export type CredentialJwt = Jws & { readonly credential: JsonObject }

/**
 * Checks who signed a badge that is a JWT: signature, key, the key's issuer, and the claims.
 *
 * The signature covers a proof inside the badge too, which is told beside it (Open Badges 3.0, 8.1).
 */
export async function checkJwt(
  jwt: CredentialJwt,
  question: ProofQuestion,
): Promise<readonly Check[]> {
  const { header, payload, credential } = jwt
  let kind: KeyKind
  try {
    kind = kindOfHeader(header)
  } catch (error) {
    return withoutKey({ ...failedBy('proof', error, 'ERR_OB_JWT_HEADER'), clause: JWT_PROOF })
  }
  let key: PublishedKey
  try {
    key = await resolveHeaderKey(header, question)
    assertKeyInForce(key, madeAt(payload), question.now)
  } catch (error) {
    return keyFailed(error, nameOf(header))
  }
  return [
    await checkSignature(jwt, key.key, { kind, budget: question.budget }),
    keyPassed(key),
    await checkIssuer(key, { ...question, madeAt: madeAt(payload) }),
    checkClaims(payload, credential, question.now),
    ...('proof' in credential ? [toRemark(await checkProofs(credential, question))] : []),
  ]
}

async function checkSignature(
  { signed, signature, credential }: CredentialJwt,
  key: KeyObject,
  { kind, budget }: { readonly kind: KeyKind; readonly budget: TimeForProofs | undefined },
): Promise<Check> {
  const more = { clause: JWT_PROOF }
  try {
    assertKind(key, [kind])
    if (verifyBytes(Buffer.from(signed), key, signature)) {
      // The signature covers every member, defined or not; a badge must be sound JSON-LD all the same.
      await spendOnProof(budget, () => assertDefined(credential))
      return passed('proof', 'The badge is exactly what was signed.', more)
    }
  } catch (error) {
    return { ...failedBy('proof', error, 'ERR_OB_SIGNATURE'), ...more }
  }
  const message = 'The signature does not match: the badge was changed, or signed by another key.'
  return failed('proof', { error: 'ERR_OB_SIGNATURE', message }, more)
}

/**
 * The key that a header names by `kid`, or brings along as `jwk` (OB 3.0, 8.2 Create the JOSE Header).
 *
 * A key that is brought along says nothing about whose it is: the issuer has to publish it, too.
 */
async function resolveHeaderKey(
  { kid, jwk }: JsonObject,
  question: ProofQuestion,
): Promise<PublishedKey> {
  if (kid === undefined && jwk === undefined) throw badHeader('it names no key')
  const brought = jwk === undefined ? undefined : publicKeyOfJwk(jwk)
  if (kid === undefined && brought !== undefined) return { id: 'jwk', key: brought }
  if (typeof kid !== 'string' || kid === '') throw badHeader('its kid is not a text')
  const named = await resolveNamed(kid, question)
  if (brought === undefined || brought.equals(named.key)) return named
  throw badHeader('it names one key and brings another')
}

// A name without a scheme is one within the issuer's own document, or among the keys of its host.
async function resolveNamed(kid: string, question: ProofQuestion): Promise<PublishedKey> {
  const { issuerId, documents } = question
  if (/^[a-z][a-z\d+.-]*:/i.test(kid)) return await resolveKey(kid, documents)
  try {
    return await resolveKey(`${issuerId}#${kid.replace(/^#/, '')}`, documents)
  } catch (error) {
    const keys = await hostKeysOf(issuerId, documents).catch(() => [])
    const found = onlyOneOf(keys.filter((key) => key['kid'] === kid))
    if (found === undefined) throw error
    return bareKey(kid, found)
  }
}

function nameOf({ kid }: JsonObject): string {
  return typeof kid === 'string' ? kid : 'jwk'
}

function madeAt({ iat, nbf }: JsonObject): number | undefined {
  const at = iat ?? nbf
  return typeof at === 'number' ? at * 1000 : undefined
}
