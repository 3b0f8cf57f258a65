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

/** Whose key it has to be, and where that is looked up. */
export type IssuerQuestion = {
  readonly issuerId: string
  readonly documents: Documents
}

/**
 * Checks that a key belongs to the issuer (Controlled Identifiers 1.0, 2.3.2 Assertion).
 *
 * A key document is anybody's to write, and a key inside a badge too; only the issuer's own
 * document says whose key it is.
 */
export async function checkIssuer(
  key: PublishedKey,
  { issuerId, documents }: IssuerQuestion,
): Promise<Check> {
  const detail = { issuer: issuerId }
  if (key.controller !== undefined && key.controller !== issuerId) {
    const message = 'The key belongs to somebody else, not to the issuer that the badge names.'
    return notBound(message, { ...detail, controller: key.controller })
  }
  const check = await checkDocument(key, { issuerId, documents })
  if (check.outcome === 'passed' || key.controller !== undefined) return check
  if (!(await isOnHost(key, { issuerId, documents }))) return check
  return passed('issuer', 'The host of the issuer that the badge names lists this key.', { detail })
}

async function checkDocument(key: PublishedKey, { issuerId, documents }: IssuerQuestion) {
  const detail = { issuer: issuerId }
  try {
    const issuer = await resolveController(issuerId, documents)
    const problem = problemOf(issuer, key, issuerId)
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

function problemOf(issuer: JsonObject, key: PublishedKey, issuerId: string): string | undefined {
  const asserting = assertionMethodsOf(issuer)
  const methods = methodsOf(issuer)
  const isListed = asserting.includes(key.id) || isListedUnnamed(key, methods, asserting)
  if (issuer['id'] !== issuerId || !isListed) {
    return 'The issuer does not list the key among those that sign its badges.'
  }
  return methods.some((method) => method['id'] === key.id && !isSame(method, key))
    ? 'The issuer publishes another key under this name.'
    : undefined
}

// A bare JSON Web Key has no controller, and often another name than in the issuer's document.
function isListedUnnamed(
  key: PublishedKey,
  methods: readonly JsonObject[],
  asserting: readonly unknown[],
): boolean {
  if (key.controller !== undefined) return false
  const listed = methods.filter(({ id }) => asserting.includes(id))
  return listed.some((method) => method['revoked'] === undefined && isSame(method, key))
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
