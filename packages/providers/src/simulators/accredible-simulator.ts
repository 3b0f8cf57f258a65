import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { answerRefusal, findScope } from './accredible-access.js'
import { registerBulk } from './accredible-bulk-routes.js'
import { type RouteDeps, registerCredentials } from './accredible-credential-routes.js'
import { createAccredibleCredentials } from './accredible-credentials.js'
import { registerEvidence } from './accredible-evidence-routes.js'
import { registerDesigns, registerGroups } from './accredible-group-routes.js'
import { createAccredibleLimits } from './accredible-limits.js'
import { type CredentialRecord, credentialInput, groupInput } from './accredible-records.js'
import { AccredibleRefusal } from './accredible-refusal.js'
import { registerSearches } from './accredible-search-routes.js'
import { createAccredibleStore, type Scope } from './accredible-store.js'
import { createSimulator, type SimulatorOptions } from './simulator.js'

export type AccredibleSimulatorOptions = SimulatorOptions & {
  /** Publishes nothing, whatever is asked for. */
  readonly sandboxMode?: boolean
  readonly credits?: number
  /** Off for load tests; the limits are the published ones. */
  readonly rateLimit?: boolean
  /** How long the second search does not find what was written; an assumption, and none by default. */
  readonly searchLagMs?: number
}

const seedInput = z.strictObject({
  credits: z.int().optional(),
  sandbox_mode: z.boolean().optional(),
  groups: z.array(groupInput).default([]),
  credentials: z.array(credentialInput).default([]),
})
export type AccredibleSeed = z.input<typeof seedInput>

/** A credential as tests and people ask about it. */
export type SimulatedCredential = {
  readonly id: number
  readonly groupId: number
  readonly email: string
  readonly name: string
  readonly licenseId: string | null
  readonly state: 'published' | 'unpublished' | 'expired'
  readonly issuedOn: string
  readonly expiredOn: string | null
  readonly evidence: number
  readonly opened: boolean
  readonly updatedAt: string
}

export type AccredibleSimulator = ReturnType<typeof createAccredibleSimulator>

/**
 * Accredible in one process, as strict as its documentation: `/v1` and `/v2` of its API beside the
 * control routes of every simulator, `POST /__sim/seed` and `POST /__sim/credits {"credits": n}`.
 */
export function createAccredibleSimulator(options: AccredibleSimulatorOptions = {}) {
  const { rateLimit = true, searchLagMs = 0 } = options
  const core = createSimulator(options)
  const store = createAccredibleStore(core, options)
  const credentials = createAccredibleCredentials(store, core.newId)
  const limits = createAccredibleLimits(core.now)
  const scopes = new WeakMap<FastifyRequest, Scope>()
  const deps: RouteDeps = {
    store,
    credentials,
    scopeOf: (request) => scopes.get(request) ?? { departmentId: 0 },
    isIndexed: ({ updated_at }) => Date.parse(updated_at) <= core.now().getTime() - searchLagMs,
  }

  core.onReset(() => {
    store.begin()
    limits.clear()
  })
  core.server.register(async (api) => {
    api.setErrorHandler(answerRefusal)
    // Behind the faults, so that what they meet is neither counted nor checked.
    api.addHook('preHandler', async (request) => {
      const searched = request.url.startsWith('/v1/credentials/search')
      const admitted = limits.admit(request.ip) && (!searched || limits.admitSearch(request.ip))
      if (rateLimit && !admitted) throw new AccredibleRefusal(429, 'Retry later\n')
      scopes.set(request, findScope(request, store.keys))
    })
    registerCredentials(api, deps)
    registerEvidence(api, deps)
    registerBulk(api, deps)
    registerSearches(api, deps)
    registerGroups(api, deps)
    registerDesigns(api, deps)
  })
  core.server.get('/simulated-designs/:file', async ({ url }, reply) =>
    reply.type('image/svg+xml').send(drawDesign(url)),
  )

  function seed(input: AccredibleSeed) {
    const wanted = seedInput.parse(input)
    store.account.credits = wanted.credits ?? store.account.credits
    store.account.sandboxMode = wanted.sandbox_mode ?? store.account.sandboxMode
    const scope = { departmentId: null }
    const groups = wanted.groups.map((group) => store.createGroup(group, scope).id)
    const made = wanted.credentials.map((credential) => credentials.create(credential, scope).id)
    return { groups, credentials: made }
  }

  function setCredits(credits: number): void {
    store.account.credits = credits
  }

  core.server.post('/__sim/seed', async ({ body }, reply) => {
    const parsed = seedInput.safeParse(body)
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) })
    return seed(parsed.data)
  })
  core.server.post('/__sim/credits', async ({ body }) => {
    const { credits } = z.strictObject({ credits: z.int() }).parse(body)
    setCredits(credits)
    return { credits }
  })

  /** The recipient opens it: nothing that the issuer did, and yet a change. */
  function openCredential(id: number): boolean {
    const credential = store.credentials.get(id)
    if (credential === undefined) return false
    credential.recipient_opened = true
    credential.updated_at = store.stamp()
    return true
  }

  const { faults, requests, listen, close, advance, now } = core
  return {
    faults,
    requests,
    listen,
    close,
    advance,
    now,
    seed,
    setCredits,
    openCredential,
    deleteGroup: (id: number) => store.groups.delete(id),
    groups: () => [...store.groups.values()],
    credentials: () => [...store.credentials.values()].map((one) => summarize(one, now())),
  }
}

function summarize(credential: CredentialRecord, now: Date): SimulatedCredential {
  const { approve, expired_on, recipient } = credential
  const ended = expired_on !== null && expired_on < now.toISOString().slice(0, 10)
  return {
    id: credential.id,
    groupId: credential.group_id,
    email: recipient.email,
    name: recipient.name,
    licenseId: credential.license_id,
    state: ended ? 'expired' : approve ? 'published' : 'unpublished',
    issuedOn: credential.issued_on,
    expiredOn: expired_on,
    evidence: credential.evidence.length,
    opened: credential.recipient_opened,
    updatedAt: credential.updated_at,
  }
}

/** Every design is a disc of its own colour. */
function drawDesign(url: string): string {
  const number = Number(/(\d+)\.svg/.exec(url)?.[1] ?? 0)
  const colour = `hsl(${(number * 47) % 360} 55% 40%)`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><circle cx="50" cy="50" r="46" fill="${colour}"/></svg>`
}
