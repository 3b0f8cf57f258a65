import { actorOf } from '../../http/actor.js'
import type { HttpServer } from '../../http/http-server.js'
import { publicIdOf } from '../../http/public-answers.js'
import type { AdminDeps } from './admin-deps.js'
import { sendAdminPage } from './admin-frame.js'
import { overviewPage } from './overview-page.js'
import { resultOf, withResult } from './results.js'

const accountsShown = 100
const noticesShown = 50

export function overviewRoutes(server: HttpServer, deps: AdminDeps): void {
  const { issuances, accounts, notices, paths, now } = deps

  server.get('/admin', async (request, reply) => {
    const [{ items: needs }, { items: counts }, { items }] = await Promise.all([
      notices.list({ isOpen: true, limit: noticesShown }),
      issuances.counts(),
      accounts.list({ limit: accountsShown }),
    ])
    const shown = { notices: needs, counts, accounts: items, paths, now: now() }
    return sendAdminPage(reply, overviewPage({ ...shown, notice: resultOf(request) }))
  })

  server.post('/admin/notices/:id/resolve', async (request, reply) => {
    await notices.resolve(publicIdOf(request, 'notice'), actorOf(request))
    return reply.redirect(withResult(paths.root, 'resolved'), 303)
  })
}
