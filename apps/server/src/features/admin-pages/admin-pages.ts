import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Actor, everyPermission } from '../../http/actor.js'
import { AppError } from '../../http/app-error.js'
import { html } from '../../http/html.js'
import type { HttpServer } from '../../http/http-server.js'
import { answerError, toProblem } from '../../http/problem.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { assertSameOrigin } from '../../http/same-origin.js'
import type { Tokens } from '../tokens/tokens.js'
import { accountListRoutes } from './account-list-routes.js'
import type { AdminDeps } from './admin-deps.js'
import { adminPage, createAdminPaths, sendAdminPage } from './admin-frame.js'
import { acceptForms } from './form-body.js'
import { issuancePageRoutes } from './issuance-page-routes.js'
import { overviewRoutes } from './overview-routes.js'
import { providerPageRoutes } from './provider-page-routes.js'
import { createSessions } from './session.js'
import { signInRoutes } from './sign-in-routes.js'

export type AdminPagesDeps = Omit<AdminDeps, 'paths'> & {
  readonly tokens: Pick<Tokens, 'authenticate' | 'holder'>
  readonly masterKey: Buffer
  readonly urls: PublicUrls
}

const messages = {
  notFound: 'There is nothing here',
  refused: 'That did not work',
  overview: 'Go to the overview',
}

/** The administration in a browser: pages and forms that need no script, behind an administration token. */
export function adminPages(server: HttpServer, deps: AdminPagesDeps): void {
  const { tokens, masterKey, urls, now } = deps
  const paths = createAdminPaths(urls)
  const isSecure = urls.base.startsWith('https:')
  const sessions = createSessions({ masterKey, now, path: paths.root, isSecure })

  async function admit(request: FastifyRequest, reply: FastifyReply) {
    if (request.method === 'POST') assertSameOrigin(request, urls.base)
    if (/^\/admin\/sign-(in|out)$/.test(request.routeOptions.url ?? '')) return
    const tokenId = sessions.read(request.headers.cookie)
    const holder = tokenId === undefined ? null : await tokens.holder(tokenId)
    if (holder !== null && mayEverything(holder)) {
      request.actor = holder
      return
    }
    // A form that was open for too long is not sent after signing in: the page is gone to instead.
    const to = request.method === 'GET' ? `?to=${encodeURIComponent(urlOf(request))}` : ''
    return reply.header('cache-control', 'no-store').redirect(`${paths.signIn}${to}`, 303)
  }

  // What a proxy has taken away from the address belongs to the links of the pages.
  function urlOf({ url }: FastifyRequest): string {
    return `${paths.start.replace(/\/$/, '')}${url}`
  }

  function explain(error: unknown, request: FastifyRequest, reply: FastifyReply) {
    if (!(error instanceof AppError)) {
      reply.header('cache-control', 'no-store')
      return answerError(error, request, reply)
    }
    const { status, title } = toProblem(error)
    const heading = status === 404 ? messages.notFound : messages.refused
    const main = html`<section class="card"><h1>${heading}</h1><p>${title}</p><p><a class="button" href="${paths.root}">${messages.overview}</a></p></section>`
    const tab = request.actor === null ? undefined : 'overview'
    return sendAdminPage(
      reply.code(status),
      adminPage({ title: heading, main, paths, ...(tab && { tab }) }),
    )
  }

  server.register(async (scope) => {
    acceptForms(scope)
    scope.setErrorHandler(explain)
    scope.addHook('onRequest', admit)
    const parts = { ...deps, paths }
    signInRoutes(scope, { ...parts, sessions })
    overviewRoutes(scope, parts)
    issuancePageRoutes(scope, parts)
    accountListRoutes(scope, parts)
    providerPageRoutes(scope, parts)
  })
}

// These pages ask for no permissions one by one, so they are for those who have all.
function mayEverything({ everywhere }: Actor): boolean {
  return [...everyPermission].every((permission) => everywhere.has(permission))
}
