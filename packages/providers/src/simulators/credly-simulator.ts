import type { FastifyRequest } from 'fastify'
import { registerApi } from './credly-api-server.js'
import { createBadgeRules } from './credly-badge-rules.js'
import { registerControls } from './credly-controls.js'
import { registerOauth } from './credly-oauth.js'
import type { Addresses } from './credly-organization-views.js'
import { createRateCounter, type RateWindow } from './credly-rate-window.js'
import { applySeed, type CredlySeed, defaultCredlySeed } from './credly-seed.js'
import { clearState, createState, type SimBadge } from './credly-state.js'
import { createTemplateChanges } from './credly-templates.js'
import { toBadgeView } from './credly-views.js'
import { createWebhooks, type WebhookMoods } from './credly-webhooks.js'
import { createSimulator, type SimulatorOptions } from './simulator.js'

export type CredlySimulatorOptions = SimulatorOptions & {
  /** What it holds at the start and after a reset, in place of one organization with sixty templates. */
  readonly holds?: CredlySeed
  /** Learners accept every badge at once. */
  readonly autoAccept?: boolean
  /** Off when it is left out, as Credly publishes no limit. */
  readonly rateWindow?: RateWindow
  /** Where the pages for people are said to be. */
  readonly webBaseUrl?: string
}

/** A Credly of one's own: as strict as the real one, as far as that is known. */
export function createCredlySimulator(options: CredlySimulatorOptions = {}) {
  const core = createSimulator(options)
  const { newId, now } = core
  const state = createState()
  const webhooks = createWebhooks(state, now)
  const rate = createRateCounter(now)
  const addresses = (origin: string): Addresses => ({
    apiRoot: `${origin}/api/v1/`,
    web: options.webBaseUrl ?? 'https://www.credly.com/',
  })
  let origin = 'http://127.0.0.1'
  let isAutoAccepting = options.autoAccept ?? false

  function record(
    type: string,
    organizationId: string,
    subject: Readonly<Record<string, unknown>>,
  ) {
    const event = { id: newId(), organizationId, type, occurredAt: now(), subject }
    state.events.push(event)
    webhooks.announce(event)
  }

  const announce = (type: string, badge: SimBadge) =>
    record(type, badge.organizationId, { badge: toBadgeView(badge, state, addresses(origin)) })
  const rules = createBadgeRules({
    state,
    newId,
    now,
    announce,
    isAutoAccepting: () => isAutoAccepting,
  })
  const templates = createTemplateChanges({
    state,
    now,
    record,
    addresses: () => addresses(origin),
  })

  function restart(): void {
    clearState(state)
    webhooks.clear()
    rate.set(options.rateWindow)
    isAutoAccepting = options.autoAccept ?? false
    applySeed(state, options.holds ?? defaultCredlySeed(), core)
  }

  const controls = {
    badges: () => [...state.badges.values()],
    events: () => [...state.events],
    mails: () => [...state.mails],
    deliveries: () => [...webhooks.deliveries],
    seed: (seed: CredlySeed) => applySeed(state, seed, core),
    acceptBadge: (id: string) => rules.answer(id, 'accepted'),
    rejectBadge: (id: string) => rules.answer(id, 'rejected'),
    setBadgePrivacy: rules.setPrivacy,
    ...templates,
    setWebhooks: (moods: WebhookMoods) => webhooks.setMoods(moods),
    /** Sends the announcements that are due, and waits for their answers. */
    settleWebhooks: () => webhooks.settle(),
    setRateWindow: (window: RateWindow | undefined) => rate.set(window),
    setAutoAccept: (on: boolean) => {
      isAutoAccepting = on
    },
  }

  restart()
  core.onReset(restart)
  core.onAdvance(() => void webhooks.settle())
  core.server.addHook('onClose', async () => webhooks.close())
  registerOauth(core.server, { state, newId, now })
  registerControls(core.server, controls)
  const addressesOf = ({ protocol, host }: FastifyRequest) => addresses(`${protocol}://${host}`)
  registerApi(core.server, { state, rules, newId, now, addressesOf, rate })

  return {
    ...core,
    ...controls,
    async listen(port?: number, host?: string) {
      origin = await core.listen(port, host)
      return origin
    },
  }
}

export type CredlySimulator = ReturnType<typeof createCredlySimulator>
