import { isDeepStrictEqual } from 'node:util'
import { objectOf, text } from '../credentials/summary.js'
import { OpenBadgesError } from '../errors.js'
import type { JsonObject } from '../json/json.js'
import type { Documents } from '../keys/resolve-key.js'
import { failed, failedBy, passed, skipped, warning } from '../report/checks.js'
import type { Check } from '../report/report.js'
import { documentOf, fetchServed, identifierOf, isGone, isUrl } from './assertion-documents.js'
import { checkAssertionShape, checkEndorsementShape } from './assertion-shape.js'
import { upgradeAssertion } from './upgrade-assertion.js'

/** The assertion to believe, when there is one, and what came of asking for it. */
export type Hosted = { readonly checks: readonly Check[]; readonly assertion?: JsonObject }

/** What is hosted: its shape, what makes it this one and not another, and what else may differ. */
type HostedKind = {
  readonly checkShape: (document: JsonObject) => Check
  readonly identity: readonly string[]
  readonly rest: readonly string[]
}

// Who was given what and when: with another of these it is another badge.
const assertions: HostedKind = {
  checkShape: checkAssertionShape,
  identity: ['badge', 'recipient', 'issuedOn'],
  rest: ['expires', 'image', 'evidence', 'narrative'],
}
const endorsements: HostedKind = {
  checkShape: checkEndorsementShape,
  identity: ['claim', 'issuer', 'issuedOn'],
  rest: ['expires'],
}

/**
 * Fetches an assertion at its own address: only what is there counts (OB 2.0, Hosted Verification).
 *
 * An address that is gone, or says so in its answer, revokes.
 */
export async function fetchHosted(copy: JsonObject, documents: Documents): Promise<Hosted> {
  return await fetchKind(assertions, copy, documents)
}

/** Fetches an endorsement in the same way (OB 2.0, Endorsement). */
export async function fetchHostedEndorsement(copy: JsonObject, documents: Documents) {
  return await fetchKind(endorsements, copy, documents)
}

async function fetchKind(
  kind: HostedKind,
  copy: JsonObject,
  documents: Documents,
): Promise<Hosted> {
  const { id } = copy
  if (!isUrl(id)) {
    const message = 'The badge does not say where it is hosted; give the address it was issued at.'
    return { checks: [skipped('proof', message)] }
  }
  try {
    return await askFor({ id, copy, kind }, documents)
  } catch (error) {
    if (isGone(error)) {
      const message = 'The address of the badge answers that it is gone.'
      return revoked({ ...copy, ...reasonIn(documentOf(error)) }, message)
    }
    const more = { detail: { url: id } }
    return {
      checks: [
        error instanceof OpenBadgesError
          ? { ...failedBy('proof', error, 'ERR_OB_HOSTED_MISMATCH'), ...more }
          : failed('proof', { error: 'ERR_OB_HOSTED_UNREACHABLE', message: unreachable }, more),
      ],
    }
  }
}

const unreachable =
  'The address of the badge does not answer, so nobody confirms it; try again later.'

type HostedQuestion = {
  readonly id: string
  readonly copy: JsonObject
  readonly kind: HostedKind
}

async function askFor({ id, copy, kind }: HostedQuestion, documents: Documents): Promise<Hosted> {
  const answer = await documents(id)
  if (answer['revoked'] === true) {
    const message = 'The address of the badge answers that it is revoked.'
    return revoked({ ...copy, ...reasonIn(answer) }, message)
  }
  const { document, url, moved } = await fetchServed(id, documents)
  const assertion = upgradeAssertion(document, url)
  const shape = kind.checkShape(assertion)
  if (shape.outcome === 'failed') return { checks: [shape] }
  const different = [...kind.identity, ...kind.rest].filter(
    (name) => !isDeepStrictEqual(keyOf(name, copy), keyOf(name, assertion)),
  )
  if (different.some((name) => kind.identity.includes(name))) {
    const message =
      'The address of the badge serves a different badge; ask the issuer for a new copy.'
    const more = { detail: { url, different } }
    return { checks: [failed('proof', { error: 'ERR_OB_HOSTED_MISMATCH', message }, more)] }
  }
  const checks = [
    passed('proof', 'The badge is hosted where it says it is.', { detail: { url } }),
    ...(moved ? [warning('proof', `The badge has moved to ${url}.`)] : []),
    ...(different.length > 0 ? [outdated(different)] : []),
  ]
  return { assertion, checks }
}

function reasonIn(answer: JsonObject): JsonObject {
  return { revocationReason: answer['revocationReason'] }
}

function revoked(copy: JsonObject, message: string): Hosted {
  return { assertion: { ...copy, revoked: true }, checks: [passed('proof', message)] }
}

function outdated(different: readonly string[]): Check {
  const message = `The copy at hand is out of date: its host now says otherwise about ${different.join(', ')}.`
  return warning('proof', message, { detail: { different } })
}

function keyOf(name: string, assertion: JsonObject): unknown {
  const value = assertion[name]
  if (name === 'recipient') return objectOf(value)['identity']
  if (name === 'claim') return objectOf(value)['id']
  if (name === 'issuer') return identifierOf(value)
  // The same BadgeClass may be written out in one copy and linked in the other.
  if (name === 'badge') return identifierOf(value) ?? text(objectOf(value)['name'])
  return name === 'issuedOn' ? Date.parse(String(value)) : value
}
