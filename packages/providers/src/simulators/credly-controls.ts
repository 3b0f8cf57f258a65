import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { RateWindow } from './credly-rate-window.js'
import { CredlyRefusal } from './credly-refusals.js'
import { type CredlySeed, credlySeedSchema } from './credly-seed.js'
import type { SimBadge, SimEvent, SimMail, SimTemplate } from './credly-state.js'
import type { Delivery, WebhookMoods } from './credly-webhooks.js'

type Controls = {
  badges(): SimBadge[]
  events(): SimEvent[]
  mails(): SimMail[]
  deliveries(): Delivery[]
  seed(seed: CredlySeed): void
  acceptBadge(id: string): SimBadge
  rejectBadge(id: string): SimBadge
  setBadgePrivacy(id: string, isPublic: boolean): SimBadge
  archiveTemplate(id: string): SimTemplate
  deleteTemplate(id: string): void
  setWebhooks(moods: WebhookMoods): void
  setRateWindow(window: RateWindow | undefined): void
  setAutoAccept(on: boolean): void
}

type Asked = { Params: { readonly id: string } }

const settingsSchema = z.strictObject({
  autoAccept: z.boolean().optional(),
  webhooks: z
    .strictObject({ duplicate: z.boolean().default(false), reorder: z.boolean().default(false) })
    .optional(),
  rateWindow: z
    .strictObject({
      requests: z.int().min(1),
      seconds: z.number().positive(),
      tellsRetryAfter: z.boolean().default(true),
    })
    .nullable()
    .optional(),
})
const privacySchema = z.strictObject({ public: z.boolean() })

/** What people would do at Credly, and how it behaves, over `/__sim/…`. */
export function registerControls(root: FastifyInstance, controls: Controls): void {
  void root.register(async (server) => {
    server.setErrorHandler(async (error, _request, reply) => {
      const problem = error instanceof z.ZodError ? z.prettifyError(error) : String(error)
      const status = error instanceof CredlyRefusal ? error.statusCode : 400
      return reply.code(status).send({ error: problem })
    })
    registerDeeds(server, controls)
    server.get('/__sim/badges', async () => controls.badges())
    server.get('/__sim/events', async () => controls.events())
    server.get('/__sim/mail', async () => controls.mails())
    server.get('/__sim/deliveries', async () => controls.deliveries())
    server.post('/__sim/seed', async (request) => {
      controls.seed(credlySeedSchema.parse(request.body))
      return { seeded: true }
    })
    server.post('/__sim/settings', async (request) => {
      const { autoAccept, webhooks, rateWindow } = settingsSchema.parse(request.body)
      if (autoAccept !== undefined) controls.setAutoAccept(autoAccept)
      if (webhooks !== undefined) controls.setWebhooks(webhooks)
      if (rateWindow !== undefined) controls.setRateWindow(rateWindow ?? undefined)
      return { set: true }
    })
  })
}

function registerDeeds(server: FastifyInstance, controls: Controls): void {
  server.post<Asked>('/__sim/badges/:id/accept', async ({ params }) =>
    controls.acceptBadge(params.id),
  )
  server.post<Asked>('/__sim/badges/:id/reject', async ({ params }) =>
    controls.rejectBadge(params.id),
  )
  server.post<Asked>('/__sim/badges/:id/privacy', async ({ params, body }) =>
    controls.setBadgePrivacy(params.id, privacySchema.parse(body).public),
  )
  server.post<Asked>('/__sim/templates/:id/archive', async ({ params }) => {
    const { id, state } = controls.archiveTemplate(params.id)
    return { id, state }
  })
  server.delete<Asked>('/__sim/templates/:id', async ({ params }) => {
    controls.deleteTemplate(params.id)
    return { deleted: params.id }
  })
}
