import { failed, failedBy, passed } from './checks.js'
import { OpenBadgesError } from './errors.js'
import type { JsonObject } from './json.js'
import type { Check } from './report.js'
import {
  assertionMethodsOf,
  type Documents,
  methodsOf,
  type PublishedKey,
  resolveController,
} from './resolve-key.js'
import { keyOfMethod } from './verification-methods.js'

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
  try {
    const issuer = await resolveController(issuerId, documents)
    const problem = problemOf(issuer, key, issuerId)
    if (problem === undefined) {
      return passed('issuer', 'The issuer that the badge names lists this key as its own.', {
        detail,
      })
    }
    return notBound(problem, { ...detail, key: key.id })
  } catch (error) {
    return { ...failedBy('issuer', error, 'ERR_OB_ISSUER_UNREACHABLE'), detail }
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
  return methods.some((method) => asserting.includes(method['id']) && isSame(method, key))
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
