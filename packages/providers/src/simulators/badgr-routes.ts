import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { noToken, notFound, type Outcome, sendOutcome } from './badgr-envelope.js'
import type {
  Role,
  SimulatedAssertion,
  SimulatedBadgeClass,
  SimulatedIssuer,
  World,
} from './badgr-state.js'

export type Caller = { readonly username: string; readonly scopes: readonly string[] }

/** A request, read and let in. */
export type Ask = {
  readonly caller: Caller
  readonly url: URL
  readonly body: unknown
  readonly params: Readonly<Record<string, string>>
}

type Handler = (ask: Ask) => Outcome

/** Scopes of which a token needs one; `rw:issuer:*` stands for a token of any one issuer. */
type Guard = { readonly scopes: readonly string[] }

export const anyIssuer: Guard = { scopes: ['rw:issuer'] }
export const oneIssuer: Guard = { scopes: ['rw:issuer', 'rw:issuer:*'] }
export const feed: Guard = { scopes: ['r:issuer', 'rw:issuer'] }

export type Route = (
  call: `${'GET' | 'POST' | 'PUT' | 'DELETE'} /${string}`,
  guard: Guard,
  handler: Handler,
) => void

/** Registers routes of the API, which need a token. */
export function createRoute(world: World): Route {
  return (call, { scopes }, handler) => {
    const [method = '', path = ''] = call.split(' ')
    world.core.server.route({
      method,
      url: path,
      handler(request, reply) {
        const caller = identify(world, request)
        if (!caller.scopes.some((scope) => fits(scope, scopes))) throw notFound()
        const url = new URL(request.url, `http://${request.host}`)
        const params = z.record(z.string(), z.string()).parse(request.params)
        return sendOutcome(request, reply, handler({ caller, url, params, body: request.body }))
      },
    })
  }
}

function identify({ core, state }: World, { headers }: FastifyRequest): Caller {
  const token = headers.authorization?.match(/^(?:Bearer|Token) (.+)$/)?.[1]
  const session = token === undefined ? undefined : state.accessTokens.get(token)
  const now = core.now().getTime()
  if (session === undefined || session.until <= now) throw noToken()
  // A token in use lives on: past the half of its life it gets a whole one.
  const lifetime = session.until - session.startedAt
  if (session.until - now < lifetime / 2 && Number.isFinite(lifetime)) {
    session.startedAt = now
    session.until = now + lifetime
  }
  return session
}

function fits(scope: string, wanted: readonly string[]): boolean {
  return (
    wanted.includes(scope) || (scope.startsWith('rw:issuer:') && wanted.includes('rw:issuer:*'))
  )
}

const rank = { staff: 0, editor: 1, owner: 2 } as const satisfies Record<Role, number>

/** What the caller may see of an issuer, and do there; what it may not is not found. */
export function issuerFor({ state }: World, ask: Ask, { id, role = 'staff' }: Wanted) {
  const issuer = state.issuers.get(id)
  if (issuer === undefined || !mayAs(issuer, ask.caller, role)) throw notFound()
  return issuer
}

type Wanted = { readonly id: string; readonly role?: Role }

export function mayAs(issuer: SimulatedIssuer, { username, scopes }: Caller, role: Role): boolean {
  const inScope = scopes.some((scope) =>
    scope.startsWith('rw:issuer:') ? scope === `rw:issuer:${issuer.entityId}` : true,
  )
  const member = issuer.staff.find(({ user }) => user === username)
  return inScope && member !== undefined && rank[member.role] >= rank[role]
}

export function badgeClassFor(world: World, ask: Ask, role: Role = 'staff'): SimulatedBadgeClass {
  const badgeClass = world.state.badgeClasses.get(ask.params['id'] ?? '')
  if (badgeClass === undefined) throw notFound()
  issuerFor(world, ask, { id: badgeClass.issuer, role })
  return badgeClass
}

export function assertionFor(world: World, ask: Ask, role: Role = 'staff'): SimulatedAssertion {
  const assertion = world.state.assertions.get(ask.params['id'] ?? '')
  if (assertion === undefined) throw notFound()
  issuerFor(world, ask, { id: assertion.issuer, role })
  return assertion
}

/** The issuers that the caller works for. */
export function issuersOf({ state }: World, { caller }: Ask): readonly SimulatedIssuer[] {
  return [...state.issuers.values()].filter((issuer) => mayAs(issuer, caller, 'staff'))
}
