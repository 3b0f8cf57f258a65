import { OpenBadgesError } from '../errors.js'
import type { JsonObject } from '../json/json.js'
import {
  assertionMethodsOf,
  type Documents,
  hostKeysOf,
  methodsOf,
  type PublishedKey,
  resolveController,
} from '../keys/resolve-key.js'
import { keyOfMethod } from '../keys/verification-methods.js'
import { failed, failedBy, passed } from '../report/checks.js'
import type { Check } from '../report/report.js'
import { assertKeyInForce } from './proof-checks.js'

/** Whose key it has to be, where that is looked up, and when the key was used. */
export type IssuerQuestion = {
  readonly issuerId: string
  readonly documents: Documents
  readonly now: Date
  /** When the proof says it was made, in milliseconds. */
  readonly madeAt?: number | undefined
}

/**
 * Checks that a key belongs to the issuer (Controlled Identifiers 1.0, 2.3.2 Assertion).
 *
 * A key document is anybody's to write, and a key inside a badge too; only the issuer's own
 * document says whose key it is.
 */
export async function checkIssuer(key: PublishedKey, question: IssuerQuestion): Promise<Check> {
  const { issuerId } = question
  const detail = { issuer: issuerId }
  if (key.controller !== undefined && key.controller !== issuerId) {
    const message = 'The key belongs to somebody else, not to the issuer that the badge names.'
    return notBound(message, { ...detail, controller: key.controller })
  }
  const check = await checkDocument(key, question)
  if (check.outcome === 'passed' || key.controller !== undefined) return check
  if (!(await isOnHost(key, question))) return check
  return passed('issuer', 'The host of the issuer that the badge names lists this key.', { detail })
}

async function checkDocument(key: PublishedKey, question: IssuerQuestion) {
  const { issuerId, documents } = question
  const detail = { issuer: issuerId }
  try {
    const issuer = await resolveController(issuerId, documents)
    const problem = problemOf(issuer, key, question)
    if (problem !== undefined) return notBound(problem, { ...detail, key: key.id })
    const message = 'The issuer that the badge names lists this key as its own.'
    return passed('issuer', message, { detail })
  } catch (error) {
    return { ...failedBy('issuer', error, 'ERR_OB_ISSUER_UNREACHABLE'), detail }
  }
}

// An issuer that lists keys itself has had its say; many publish a profile without any.
async function isOnHost(key: PublishedKey, { issuerId, documents }: IssuerQuestion) {
  try {
    const keys = await hostKeysOf(issuerId, documents)
    const issuer = await resolveController(issuerId, documents).catch(() => ({}))
    if (methodsOf(issuer).length > 0 || assertionMethodsOf(issuer).length > 0) return false
    return keys.some((publicKeyJwk) => isSame({ publicKeyJwk }, key))
  } catch {
    // Without an address there is no host, and a host need not publish anything.
    return false
  }
}

function problemOf(
  issuer: JsonObject,
  key: PublishedKey,
  { issuerId, madeAt, now }: IssuerQuestion,
): string | undefined {
  const asserting = assertionMethodsOf(issuer)
  const methods = methodsOf(issuer)
  const named = methods.filter(({ id }) => id === key.id)
  const unnamed = unnamedOf(key, methods, asserting)
  if (issuer['id'] !== issuerId || !(asserting.includes(key.id) || unnamed.length > 0)) {
    return 'The issuer does not list the key among those that sign its badges.'
  }
  if (!named.every((method) => isSame(method, key))) {
    return 'The issuer publishes another key under this name.'
  }
  // A key's own document may be older than what its issuer says of it.
  for (const method of [...named, ...unnamed]) assertKeyInForce(method, madeAt, now)
  return undefined
}

// A bare JSON Web Key has no controller, and often another name than in the issuer's document.
function unnamedOf(
  key: PublishedKey,
  methods: readonly JsonObject[],
  asserting: readonly unknown[],
): readonly JsonObject[] {
  if (key.controller !== undefined) return []
  return methods.filter((method) => asserting.includes(method['id']) && isSame(method, key))
}

function isSame(method: JsonObject, { key }: PublishedKey): boolean {
  try {
    const other = keyOfMethod(method)
    return other === key || other.equals(key)
  } catch (error) {
    if (error instanceof OpenBadgesError) return false
    throw error
  }
}

function notBound(message: string, detail: Check['detail'] & object): Check {
  return failed('issuer', { error: 'ERR_OB_KEY_NOT_BOUND', message }, { detail })
}
