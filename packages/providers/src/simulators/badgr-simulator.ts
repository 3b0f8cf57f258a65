import { z } from 'zod'
import { addAssertionRoutes } from './badgr-assertion-routes.js'
import { addClassRoutes, removeBadgeClass } from './badgr-class-routes.js'
import { addErrorShapes, sendNoSuchPage } from './badgr-envelope.js'
import { createIssuing } from './badgr-issue.js'
import { addIssuerRoutes } from './badgr-issuer-routes.js'
import { addOAuthRoutes } from './badgr-oauth.js'
import { addPublicRoutes } from './badgr-public-routes.js'
import { addDefaultSeed, addSeed, type BadgrSeed, badgrSeedSchema } from './badgr-seed.js'
import { emptyState, isExpired, type SimulatedAssertion, touch, type World } from './badgr-state.js'
import { createViews } from './badgr-views.js'
import { createSimulator, type SimulatorOptions } from './simulator.js'

export { badgrSimulatorAccount, badgrSimulatorBadgeClassId } from './badgr-state.js'

export type BadgrSimulatorOptions = SimulatorOptions & {
  /** False gives whole lists, whatever `num` says, as some compatible servers do. */
  readonly pages?: boolean
  /** What public addresses begin with; the address it listens at, when it is left out. */
  readonly origin?: string
}

/**
 * A server with the part of the Badgr v2 API that an issuing client uses, as strict as Badgr Server is.
 * Beside the control routes of every simulator: `POST /__sim/seed`, `GET /__sim/assertions`,
 * `POST /__sim/assertions/{id}/accept|reject`, `DELETE /__sim/badgeclasses/{id}`.
 */
export function createBadgrSimulator(options: BadgrSimulatorOptions = {}) {
  const core = createSimulator(options)
  const state = emptyState()
  let origin = options.origin ?? 'http://localhost:8000'
  const world: World = { core, state, pages: options.pages ?? true, origin: () => origin }
  const views = createViews(world)

  addDefaultSeed(world)
  core.onReset(() => {
    clear(world)
    addDefaultSeed(world)
  })

  // The routes of the core take a trailing slash for none; this API does not know such pages.
  core.server.addHook('preHandler', async (request, reply) => {
    const { pathname } = new URL(request.url, 'http://localhost')
    return /^\/v2\/.*\/$/.test(pathname) ? sendNoSuchPage(reply) : undefined
  })
  addErrorShapes(core.server)
  addOAuthRoutes(world)
  addIssuerRoutes(world, views)
  addClassRoutes(world, views)
  addAssertionRoutes(world, views, createIssuing(world, views))
  addPublicRoutes(world, views)

  /** Every badge, ended ones too, with the state in one word. */
  const assertions = () =>
    [...state.assertions.values()].map((assertion) => ({
      ...views.assertion(assertion),
      notified: assertion.notified,
      state: stateOf(world, assertion),
    }))

  function decide(id: string, acceptance: SimulatedAssertion['acceptance']): boolean {
    const assertion = state.assertions.get(id)
    if (assertion === undefined) return false
    assertion.acceptance = acceptance
    touch(world, assertion)
    return true
  }

  const simulator = {
    ...core,
    assertions,
    /** As the recipient does in a backpack; false when there is no such badge. */
    accept: (id: string) => decide(id, 'Accepted'),
    reject: (id: string) => decide(id, 'Rejected'),
    /** Without the checks of the API. */
    deleteBadgeClass: (id: string) => removeBadgeClass(world, id),
    seed: (seed: BadgrSeed) => addSeed(world, seed),
    async listen(port?: number, host?: string): Promise<string> {
      const address = await core.listen(port, host)
      origin = options.origin ?? address
      return address
    },
  }
  addControlRoutes(simulator)
  return simulator
}

export type BadgrSimulator = ReturnType<typeof createBadgrSimulator>

type Controls = Pick<
  BadgrSimulator,
  'server' | 'seed' | 'assertions' | 'accept' | 'reject' | 'deleteBadgeClass'
>

function addControlRoutes({ server, ...simulator }: Controls): void {
  const idOf = (params: unknown) => z.object({ id: z.string() }).parse(params).id
  server.post('/__sim/seed', async ({ body }) => simulator.seed(badgrSeedSchema.parse(body)))
  server.get('/__sim/assertions', async () => simulator.assertions())
  server.post('/__sim/assertions/:id/accept', async ({ params }) => ({
    done: simulator.accept(idOf(params)),
  }))
  server.post('/__sim/assertions/:id/reject', async ({ params }) => ({
    done: simulator.reject(idOf(params)),
  }))
  server.delete('/__sim/badgeclasses/:id', async ({ params }) => ({
    done: simulator.deleteBadgeClass(idOf(params)),
  }))
}

function stateOf(world: World, assertion: SimulatedAssertion): string {
  if (assertion.revoked) return 'revoked'
  return isExpired(world, assertion) ? 'expired' : assertion.acceptance
}

function clear({ state }: World): void {
  state.revision = 0
  for (const part of Object.values(state)) {
    if (typeof part === 'object') part.clear()
  }
}
