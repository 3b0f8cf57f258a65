import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import files from '@fastify/static'
import type { FastifyReply } from 'fastify'
import { AppError } from '../../http/app-error.js'
import type { HttpServer } from '../../http/http-server.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { readConsolePage } from './console-page.js'

type Deps = {
  readonly urls: PublicUrls
  /** Where the built console lies, if not beside the server. */
  readonly folder?: string
}

/** The console and the learners' backpack are one build, which sees by its address what it is. */
const areas = ['console', 'backpack'] as const
type Area = (typeof areas)[number]
const builtWeb = fileURLToPath(new URL('../../../../web/dist', import.meta.url))

/**
 * Files that never change under their names, and one page for every address below each area,
 * which finds out in the browser what to show.
 */
export function consoleRoutes(server: HttpServer, { urls, folder = builtWeb }: Deps): void {
  const baseOf = (area: Area) => `${urls.local(urls.start)}${area}/`
  // Where it was before; people have kept the address.
  for (const old of ['/admin', '/admin/*']) {
    server.get(old, async (_request, reply) => reply.redirect(baseOf('console'), 308))
  }
  for (const area of areas) {
    if (existsSync(`${folder}/index.html`)) serveArea(server, { area, folder, base: baseOf(area) })
    else {
      server.get(`/${area}/*`, refuse)
      server.get(`/${area}`, refuse)
    }
  }
}

type Served = { readonly area: Area; readonly folder: string; readonly base: string }

function serveArea(server: HttpServer, { area, folder, base }: Served): void {
  const root = `/${area}`
  const page = readConsolePage(folder, base)

  async function sendPage(_request: unknown, reply: FastifyReply) {
    const { html, contentSecurity } = (await page)()
    return reply
      .headers({
        'content-security-policy': contentSecurity,
        'cache-control': 'no-cache',
        'referrer-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
        'permissions-policy': 'camera=(), microphone=(), geolocation=()',
      })
      .type('text/html; charset=utf-8')
      .send(html)
  }

  server.register(async (scope) => {
    await scope.register(files, {
      root: `${folder}/assets`,
      prefix: `${root}/assets/`,
      decorateReply: false,
      maxAge: '365d',
      immutable: true,
      preCompressed: true,
      setHeaders: (reply) => {
        reply.header('x-content-type-options', 'nosniff')
      },
    })
    await scope.register(files, {
      root: folder,
      prefix: `${root}/`,
      decorateReply: false,
      // Each file that is there gets a route; all other addresses are pages.
      wildcard: false,
      globIgnore: ['assets/**', 'index.html'],
      maxAge: '1h',
    })
    scope.get(root, sendPage)
    scope.get(`${root}/*`, sendPage)
  })
}

async function refuse(): Promise<never> {
  const remedy = 'Run "npm run build" and start the server again.'
  throw new AppError('not-found', `The pages for people have not been built. ${remedy}`)
}
