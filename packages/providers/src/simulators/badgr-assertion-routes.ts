import { z } from 'zod'
import { fieldRefusal, validationRefusal } from './badgr-envelope.js'
import type { Issuing } from './badgr-issue.js'
import { changesOf, listOf } from './badgr-lists.js'
import { type FieldErrors, readAssertion } from './badgr-read-assertion.js'
import {
  type Ask,
  assertionFor,
  badgeClassFor,
  createRoute,
  feed,
  issuerFor,
  issuersOf,
  mayAs,
  oneIssuer,
} from './badgr-routes.js'
import { isExpired, type SimulatedAssertion, touch, type World } from './badgr-state.js'
import type { Views } from './badgr-views.js'

const alreadyRevoked = 'Assertion is already revoked'

export function addAssertionRoutes(world: World, views: Views, issuing: Issuing): void {
  const { state } = world
  const route = createRoute(world)
  const view = views.assertion
  const all = () => [...state.assertions.values()]
  const listed = (ask: Ask, items: readonly SimulatedAssertion[]) =>
    listOf(world, ask, { items: filtered(world, ask, items), view })
  const created = (...made: readonly SimulatedAssertion[]) => ({
    status: 201,
    result: made.map(view),
  })

  route('GET /v2/issuers/:id/assertions', oneIssuer, (ask) => {
    const { entityId } = issuerFor(world, ask, { id: ask.params['id'] ?? '' })
    return listed(
      ask,
      all().filter(({ issuer }) => issuer === entityId),
    )
  })
  route('POST /v2/issuers/:id/assertions', oneIssuer, (ask) => {
    const { entityId } = issuerFor(world, ask, { id: ask.params['id'] ?? '' })
    return created(issuing.issueOne(ask, { issuerId: entityId }))
  })
  route('GET /v2/badgeclasses/:id/assertions', oneIssuer, (ask) => {
    const { entityId } = badgeClassFor(world, ask)
    return listed(
      ask,
      all().filter(({ badgeclass }) => badgeclass === entityId),
    )
  })
  route('POST /v2/badgeclasses/:id/assertions', oneIssuer, (ask) => {
    const badgeClass = badgeClassFor(world, ask)
    return created(issuing.issueOne(ask, { issuerId: badgeClass.issuer, badgeClass }))
  })
  route('POST /v2/badgeclasses/:id/issue', oneIssuer, (ask) => {
    const badgeClass = badgeClassFor(world, ask)
    const parsed = z.object({ assertions: z.array(z.unknown()) }).safeParse(ask.body)
    if (!parsed.success) throw fieldRefusal({ assertions: ['This field is required'] })
    const place = { issuerId: badgeClass.issuer, badgeClass }
    return created(...issuing.issueMany(ask, place, parsed.data.assertions))
  })

  route('GET /v2/assertions/changed', feed, (ask) => {
    const ours = new Set(issuersOf(world, ask).map(({ entityId }) => entityId))
    return changesOf(world, ask, { items: all().filter(({ issuer }) => ours.has(issuer)), view })
  })
  route('GET /v2/assertions/:id', oneIssuer, (ask) => ({
    result: [view(assertionFor(world, ask))],
  }))
  route('PUT /v2/assertions/:id', oneIssuer, (ask) => {
    const assertion = assertionFor(world, ask, 'editor')
    const errors: FieldErrors = {}
    const read = readAssertion(world, z.looseObject({}).parse(ask.body ?? {}), errors)
    if (Object.keys(errors).length > 0) throw fieldRefusal(errors)
    const { recipient, issuedOn, expires, narrative, evidence, extensions } = read
    const { fields } = assertion
    assertion.fields = {
      recipient: recipient ?? fields.recipient,
      issuedOn: issuedOn ?? fields.issuedOn,
      expires: expires ?? fields.expires,
      narrative: narrative ?? fields.narrative,
      evidence: evidence ?? fields.evidence,
      extensions: extensions ?? fields.extensions,
    }
    touch(world, assertion)
    return { result: [view(assertion)] }
  })
  route('DELETE /v2/assertions/:id', oneIssuer, (ask) => {
    const assertion = assertionFor(world, ask, 'editor')
    const parsed = z.object({ revocation_reason: z.string().min(1) }).safeParse(ask.body)
    if (!parsed.success) throw fieldRefusal({ revocation_reason: ['This field is required'] })
    if (assertion.revoked) throw validationRefusal(alreadyRevoked)
    revoke(world, assertion, parsed.data.revocation_reason)
    return { result: [view(assertion)] }
  })
  route('POST /v2/assertions/revoke', oneIssuer, (ask) => {
    const parsed = z.array(z.looseObject({})).safeParse(ask.body)
    if (!parsed.success) throw validationRefusal('Expected a list of revocations.')
    const result = parsed.data.map((item) => revokeOne(world, ask, item))
    return { description: 'revoked badges', result }
  })
}

/** Who has it, and by default only what is neither expired nor revoked. */
function filtered(world: World, { url }: Ask, items: readonly SimulatedAssertion[]) {
  const recipients = url.searchParams.getAll('recipient')
  const includes = (name: string) => ['1', 'true'].includes(url.searchParams.get(name) ?? '')
  return items.filter(
    (assertion) =>
      (recipients.length === 0 || recipients.includes(assertion.fields.recipient.identity)) &&
      (!assertion.revoked || includes('include_revoked')) &&
      (!isExpired(world, assertion) || includes('include_expired')),
  )
}

function revoke(world: World, assertion: SimulatedAssertion, reason: string): void {
  assertion.revoked = true
  assertion.revocationReason = reason
  touch(world, assertion)
}

const revocationSchema = z.object({
  entityId: z.string().optional().catch(undefined),
  revocationReason: z.string().min(1).optional().catch(undefined),
})

function revokeOne(world: World, { caller }: Ask, item: object): object {
  const { entityId, revocationReason } = revocationSchema.parse(item)
  const refused = (reason: string) => ({ revoked: false, entityId, revocationReason, reason })
  if (!entityId) return refused('entityId is required')
  if (revocationReason === undefined) return refused('revocationReason is required')
  const assertion = world.state.assertions.get(entityId)
  const issuer = world.state.issuers.get(assertion?.issuer ?? '')
  if (assertion === undefined || issuer === undefined || !mayAs(issuer, caller, 'editor')) {
    return refused('permission denied or object not found')
  }
  if (assertion.revoked) return refused(alreadyRevoked)
  revoke(world, assertion, revocationReason)
  return { revoked: true, entityId, revocationReason }
}
