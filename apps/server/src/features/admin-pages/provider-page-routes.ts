import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../../http/actor.js'
import { plural } from '../../http/html-words.js'
import type { HttpServer } from '../../http/http-server.js'
import { publicIdOf, queryOf } from '../../http/public-answers.js'
import { syncWords } from './account-words.js'
import type { AdminDeps } from './admin-deps.js'
import { type Notice, sendAdminPage } from './admin-frame.js'
import { credentialsIn } from './key-fields.js'
import { providerPage, type ShownAccount } from './provider-page.js'
import { type Refused, refusedBy } from './refused.js'
import { type Result, resultOf, withResult } from './results.js'

const templatesShown = 50

const messages = {
  connected: (name: string) => `The connection works. The account is called “${name}” there.`,
  credits: {
    one: 'One badge may still be issued.',
    other: '{n} badges may still be issued.',
  },
}

/** The page of one account and everything that its buttons do. */
export function providerPageRoutes(server: HttpServer, deps: AdminDeps): void {
  const { accounts, templates, paths } = deps

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    more: Pick<ShownAccount, 'notice' | 'webhook' | 'faults'>,
  ) {
    const id = publicIdOf(request, 'account')
    const account = await accounts.get(id)
    const cursor = queryOf(request, 'cursor')
    const found = await templates.list({ accountId: id, limit: templatesShown, cursor })
    const { items, next } = found
    const shown = { account, templates: items, nextTemplates: next, paths, now: deps.now() }
    return sendAdminPage(reply, providerPage({ ...shown, ...more }))
  }

  server.get('/admin/providers/:id', (request, reply) =>
    show(request, reply, { notice: resultOf(request) }),
  )

  type Do = (id: string, actor: string, request: FastifyRequest) => Promise<unknown>

  /** A button: what it does, and what the browser is then told; what was refused is said on the page. */
  function act(name: string, result: Result, work: Do): void {
    server.post(`/admin/providers/:id/${name}`, async (request, reply) => {
      const id = publicIdOf(request, 'account')
      const refused = await refusedBy(() => work(id, actorOf(request), request))
      if (refused !== undefined) return await showRefusal(request, reply, refused)
      return reply.redirect(withResult(paths.provider(id), result), 303)
    })
  }

  function showRefusal(request: FastifyRequest, reply: FastifyReply, refused: Refused) {
    const { status, notice, faults } = refused
    return show(request, reply.code(status), { notice, faults })
  }

  act('pause', 'paused', accounts.pause)
  act('resume', 'resumed', accounts.resume)
  act('rotate-key', 'key-rotated', accounts.rotateKey)
  act('clear-webhook-secret', 'webhook-cleared', accounts.clearWebhookSecret)
  act('key', 'key-changed', async (id, actor, request) => {
    await accounts.update(id, { credentials: credentialsIn(request) }, actor)
  })

  /** For what is answered at once, because what it found stands in no address. */
  function answer(
    name: string,
    work: (id: string, actor: string) => Promise<Pick<ShownAccount, 'notice' | 'webhook'>>,
  ): void {
    server.post(`/admin/providers/:id/${name}`, async (request, reply) => {
      let found: Pick<ShownAccount, 'notice' | 'webhook'> = {}
      const refused = await refusedBy(async () => {
        found = await work(publicIdOf(request, 'account'), actorOf(request))
      })
      if (refused !== undefined) return await showRefusal(request, reply, refused)
      return await show(request, reply, found)
    })
  }

  answer('test', async (id) => ({ notice: connected(await accounts.test(id)) }))
  answer('sync', async (id) => ({
    notice: { is: 'good', text: syncWords(await templates.sync(id)) },
  }))
  answer('webhook-secret', async (id, actor) => ({
    webhook: await accounts.setWebhookSecret(id, actor),
  }))
}

function connected(facts: { readonly name: string; readonly credits: number | null }): Notice {
  const { name, credits } = facts
  const left = credits === null ? '' : ` ${plural(credits, messages.credits)}`
  return { is: 'good', text: `${messages.connected(name)}${left}` }
}
