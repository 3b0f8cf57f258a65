import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { objectOf, text } from '../credentials/summary.js'
import { OpenBadgesError } from '../errors.js'
import { asArray, isJsonObject, type JsonObject, parseJson } from '../json/json.js'
import { assertStrongPoint } from '../keys/strong-points.js'
import { partOf } from '../reading/detect.js'
import { failed, failedBy, passed, skipped } from '../report/checks.js'
import type { Check, VerifyOptions } from '../report/report.js'
import { hostOf, identifierOf, isUrl } from './assertion-documents.js'

/** A signed assertion with the issuer that it leads to. */
export type SignedQuestion = {
  readonly token: string
  readonly assertion: JsonObject
  readonly issuer: JsonObject
  readonly isVersion2: boolean
}

/** How an algorithm is checked, and the only kind of key that may do so (RFC 7518, 3.1). */
type Algorithm = {
  readonly hash?: string
  readonly keyType: string
  readonly curve?: string
  readonly isPss?: true
}

const algorithms: ReadonlyMap<unknown, Algorithm> = new Map([
  ['RS256', { hash: 'sha256', keyType: 'rsa' }],
  ['RS384', { hash: 'sha384', keyType: 'rsa' }],
  ['RS512', { hash: 'sha512', keyType: 'rsa' }],
  ['PS256', { hash: 'sha256', keyType: 'rsa', isPss: true }],
  ['ES256', { hash: 'sha256', keyType: 'ec', curve: 'prime256v1' }],
  ['ES384', { hash: 'sha384', keyType: 'ec', curve: 'secp384r1' }],
  ['EdDSA', { keyType: 'ed25519' }],
])
const MIN_RSA_BITS = 2048
// Beyond this a stranger's key would only cost time.
const MAX_RSA_BITS = 8192

/** Checks the signature, the key and whose key it is (OB 2.0, Signed Verification). */
export async function checkJws(
  question: SignedQuestion,
  documents: VerifyOptions['documents'],
): Promise<readonly Check[]> {
  let algorithm: Algorithm
  let published: PublishedPem
  try {
    algorithm = algorithmOf(question.token)
  } catch (error) {
    const message = 'There is no signature whose key could be looked up.'
    const proof = failedBy('proof', error, 'ERR_OB_PROOF_MALFORMED')
    return [proof, skipped('key', message), skipped('issuer', message)]
  }
  try {
    published = await fetchKey(question, documents)
    assertFits(published.key, algorithm)
  } catch (error) {
    return [
      skipped('proof', 'Without its key the signature cannot be checked.'),
      failedBy('key', error, 'ERR_OB_KEY_UNREACHABLE'),
      skipped('issuer', 'Without its key nobody can vouch for the badge.'),
    ]
  }
  return [
    checkSignature(question.token, published.key, algorithm),
    passed('key', 'The key that made the signature is published.', {
      detail: { key: published.id },
    }),
    checkOwner(published, question),
  ]
}

function algorithmOf(token: string): Algorithm {
  const header = parseJson(partOf(token, 0))
  const { alg, crit } = objectOf(header)
  // RFC 7515, 4.1.11: what must be understood and is not makes the signature worthless.
  if (!isJsonObject(header) || crit !== undefined) {
    throw new OpenBadgesError('ERR_OB_PROOF_MALFORMED', 'The header of the signature is malformed.')
  }
  const algorithm = algorithms.get(alg)
  if (algorithm !== undefined) return algorithm
  // "none" proves nothing, and a shared secret would let everybody sign who can verify.
  const code = /^(none|HS\d+)$/i.test(String(alg))
    ? 'ERR_OB_PROOF_SUITE'
    : 'ERR_OB_PROOF_UNSUPPORTED'
  throw new OpenBadgesError(
    code,
    `Signatures of kind ${String(alg).slice(0, 20)} are not accepted.`,
  )
}

/** A key and what its document says of it; embedded when the issuer's own document contains it. */
type PublishedPem = {
  readonly id: string
  readonly key: KeyObject
  readonly owner: string | undefined
  readonly isEmbedded: boolean
}

async function fetchKey(
  { assertion, issuer }: SignedQuestion,
  documents: VerifyOptions['documents'],
): Promise<PublishedPem> {
  const listed = asArray(issuer['publicKey'])
  const creator = identifierOf(objectOf(assertion['verification'])['creator'])
  const id = creator ?? (listed.length === 1 ? identifierOf(listed[0]) : undefined)
  if (!isUrl(id)) {
    const message = 'Neither the badge nor its issuer says which key made the signature.'
    throw new OpenBadgesError('ERR_OB_KEY_NOT_FOUND', message)
  }
  const embedded = listed.filter(isJsonObject).find((key) => key['id'] === id && pemOf(key))
  const document = embedded ?? (await askForKey(id, documents))
  const owner = identifierOf(objectOf(document)['owner'])
  return { id, key: parsePem(pemOf(document)), owner, isEmbedded: embedded !== undefined }
}

async function askForKey(id: string, documents: VerifyOptions['documents']): Promise<unknown> {
  let answer: unknown
  try {
    answer = await documents(id)
  } catch (cause) {
    const message = 'The address of the key does not answer; try again later.'
    throw new OpenBadgesError('ERR_OB_KEY_UNREACHABLE', message, { cause })
  }
  // A source of documents need not know JSON when it sees it.
  return typeof answer === 'string' && /^\s*\{/.test(answer) ? parseJson(answer) : answer
}

// Before 2.0 the address served the PEM text itself (OB 1.1, VerificationObject).
function pemOf(document: unknown): string | undefined {
  const pem = text(document) ?? text(objectOf(document)['publicKeyPem'])
  return pem !== undefined && pem.length < 20_000 ? pem : undefined
}

function parsePem(pem: string | undefined): KeyObject {
  if (pem === undefined) {
    throw new OpenBadgesError('ERR_OB_KEY_NOT_FOUND', 'There is no key at the address of the key.')
  }
  try {
    // A secret key by mistake published would be read too, so only the public forms are let in.
    if (/PRIVATE/.test(pem)) throw new Error('It is a private key.')
    return createPublicKey(pem)
  } catch (cause) {
    throw new OpenBadgesError('ERR_OB_KEY_MATERIAL', 'The key is no public key in PEM.', { cause })
  }
}

function assertFits(key: KeyObject, { keyType, curve }: Algorithm): void {
  const { modulusLength = MIN_RSA_BITS, namedCurve } = key.asymmetricKeyDetails ?? {}
  const isStrong = modulusLength >= MIN_RSA_BITS
  if (modulusLength > MAX_RSA_BITS) {
    const message = `The key is too long: ${modulusLength} bits, where ${MAX_RSA_BITS} are enough.`
    throw new OpenBadgesError('ERR_OB_KEY_MATERIAL', message)
  }
  if (key.asymmetricKeyType === keyType && isStrong && namedCurve === curve) {
    if (keyType === 'ed25519') assertStrongPoint(key)
    return
  }
  const message = isStrong
    ? 'The key is of another kind than the signature.'
    : `The key is too short: ${modulusLength} bits, where ${MIN_RSA_BITS} are needed.`
  throw new OpenBadgesError('ERR_OB_KEY_MATERIAL', message)
}

function checkSignature(token: string, key: KeyObject, { hash, isPss }: Algorithm): Check {
  const [header, payload, signature = ''] = token.split('.')
  const padding = isPss
    ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
    : {}
  const holds = verify(
    hash,
    Buffer.from(`${header}.${payload}`),
    // RFC 7518, 3.4: the two numbers side by side, not as DER.
    { key, dsaEncoding: 'ieee-p1363', ...padding },
    Buffer.from(signature, 'base64url'),
  )
  if (holds) return passed('proof', 'The badge is exactly what was signed.')
  const message = 'The signature does not match: the badge was changed, or signed by another key.'
  return failed('proof', { error: 'ERR_OB_SIGNATURE', message })
}

// Anybody can publish a key that names an owner; only the issuer's own document confirms it.
function checkOwner(
  { id, owner, isEmbedded }: PublishedPem,
  { issuer, isVersion2 }: SignedQuestion,
) {
  const listed = asArray(issuer['publicKey']).map(identifierOf)
  const detail = { key: id, issuer: issuer['id'], owner }
  // Before 2.0 issuers listed no keys: a key counts as theirs on their own site.
  const isOnSite = !isVersion2 && listed.length === 0 && hostOf(id) === hostOf(issuer['id'])
  const isTheirs = isOnSite || listed.includes(id)
  const named = isOnSite || isEmbedded ? (owner ?? issuer['id']) : owner
  if (isTheirs && named !== undefined && named === issuer['id']) {
    return passed('issuer', 'The key belongs to the issuer that the badge names.', { detail })
  }
  const message = isTheirs
    ? 'The key names another owner than the issuer.'
    : 'The issuer does not list the key among its own: somebody else may have signed in its name.'
  return failed('issuer', { error: 'ERR_OB_KEY_NOT_BOUND', message }, { detail })
}
