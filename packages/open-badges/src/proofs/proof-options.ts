import { OpenBadgesError } from '../errors.js'
import { isDateTime } from '../json/date-time.js'
import { asArray, type JsonObject } from '../json/json.js'
import { canonize } from '../json-ld/canonize.js'
import { CREDENTIALS_V2 } from '../json-ld/contexts.js'

const PLAIN_MEMBERS = ['created', 'cryptosuite', 'proofPurpose', 'type', 'verificationMethod']
const PLAIN_SUITE = /^[a-z\d-]{1,40}$/
const SECURITY = 'https://w3id.org/security#'

// A scheme that no context uses as a prefix, and no character that N-Quads would escape.
const PLAIN_METHOD = /^(https?:\/\/|did:(web|key):)[\w.~:/?#[\]@!$&'()*+,;=%-]+$/

/**
 * The canonical N-Quads of proof options under the contexts of their document (vc-di-eddsa, 3.2.5).
 *
 * Nearly every proof has the same five members, whose canonical form is always the same five lines
 * as the VC 2.0 context protects its terms; writing them saves a tenth of a verification.
 */
export async function canonizeOptions(options: JsonObject, context: unknown): Promise<string> {
  assertKnownMembers(options)
  return plainOptions(options, context) ?? (await canonize({ ...options, '@context': context }))
}

// A context may know `expires` by another name, under which a reader of the proof overlooks it.
const MEMBERS: ReadonlySet<string> = new Set([
  ...PLAIN_MEMBERS,
  'challenge',
  'domain',
  'expires',
  'id',
  'nonce',
  'previousProof',
])

function assertKnownMembers(options: JsonObject): void {
  const strange = Object.keys(options).find((name) => !MEMBERS.has(name))
  if (strange === undefined) return
  const message = `A proof has no member "${strange.slice(0, 80)}".`
  throw new OpenBadgesError('ERR_OB_UNSAFE', message)
}

function plainOptions(options: JsonObject, context: unknown): string | undefined {
  const { created, cryptosuite, proofPurpose, type, verificationMethod } = options
  const isPlain =
    asArray(context)[0] === CREDENTIALS_V2 &&
    Object.keys(options).sort().join() === PLAIN_MEMBERS.join() &&
    type === 'DataIntegrityProof' &&
    proofPurpose === 'assertionMethod' &&
    typeof cryptosuite === 'string' &&
    PLAIN_SUITE.test(cryptosuite) &&
    isDateTime(created) &&
    typeof verificationMethod === 'string' &&
    PLAIN_METHOD.test(verificationMethod)
  if (!isPlain) return undefined
  const lines = [
    `<http://purl.org/dc/terms/created> "${created}"^^<http://www.w3.org/2001/XMLSchema#dateTime>`,
    `<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <${SECURITY}DataIntegrityProof>`,
    `<${SECURITY}cryptosuite> "${cryptosuite}"^^<${SECURITY}cryptosuiteString>`,
    `<${SECURITY}proofPurpose> <${SECURITY}assertionMethod>`,
    `<${SECURITY}verificationMethod> <${verificationMethod}>`,
  ]
  return lines.map((line) => `_:c14n0 ${line} .\n`).join('')
}
