import rateLimit from '@fastify/rate-limit'
import type { ImportResult } from '@rosette/contract/backpack'
import * as contract from '@rosette/contract/backpack'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { forSignedIn } from '../../http/access.js'
import { AppError } from '../../http/app-error.js'
import type { HttpServer } from '../../http/http-server.js'
import { personIn } from '../accounts/accounts.js'
import type { BadgeImports, Imported } from '../badge-imports/badge-imports.js'
import { acceptBadges, readSubmission } from '../verifier/verifier.js'
import type { Backpack } from './create-backpack.js'

type Deps = { readonly backpack: Backpack; readonly imports: BadgeImports }
type Limit = (request: FastifyRequest, reply: FastifyReply) => Promise<void>

const path = '/api/v1/backpack'

const nothingGiven =
  'The file is empty. Download the badge again from where you have it, or give its link.'

/** How many badges one person may hand in within a minute: whole folders are dropped at once. */
const perMinute = 120

/** Takes in badges from elsewhere, and verifies them again when their learner asks for it. */
export function importRoutes(server: HttpServer, deps: Deps): void {
  server.register(async (scope) => {
    acceptBadges(scope)
    const limit = await createPersonLimit(scope, perMinute)
    importRoute(scope, { ...deps, limit })
    checkRoute(scope, { ...deps, limit })
  })
}

type Limited = Deps & { readonly limit: Limit }

function importRoute(scope: HttpServer, { backpack, imports, limit }: Limited): void {
  scope.post(
    `${path}/imports`,
    {
      schema: contract.importBackpackBadge,
      config: forSignedIn,
      onRequest: limit,
      // A form becomes what the schema describes, so that there is one door for all of them.
      preValidation: async (request) => {
        if (isJson(request)) return
        const { badge } = await readSubmission(request)
        if (badge === undefined) throw new AppError('request-invalid', nothingGiven)
        Object.assign(request, { body: { badge } })
      },
    },
    async (request, reply) => {
      const { id: userId } = personIn(request)
      const { badge: content } = request.body
      const given = { content, source: sourceOf(content), signal: signalOf(reply) }
      return await toResult(await imports.importBadge(userId, given), { userId, backpack })
    },
  )
}

function checkRoute(scope: HttpServer, { backpack, imports, limit }: Limited): void {
  scope.post(
    `${path}/badges/:id/check`,
    { schema: contract.checkBackpackBadge, config: forSignedIn, onRequest: limit },
    async (request, reply) => {
      const { id: userId } = personIn(request)
      const { id, origin } = await backpack.get(userId, request.params.id)
      // How an award of ours stands is always known.
      if (origin === 'imported') {
        await imports.checkAgain(id, { by: userId, signal: signalOf(reply), isFresh: true })
      }
      return await backpack.get(userId, id)
    },
  )
}

type Owner = { readonly userId: string; readonly backpack: Pick<Backpack, 'find'> }

/** What became of an import, with the badge as it now is in the backpack. */
export async function toResult(imported: Imported, owner: Owner): Promise<ImportResult> {
  const { inside } = imported
  const result = await toPart(imported, owner)
  if (inside === undefined) return result
  const parts: Awaited<ReturnType<typeof toPart>>[] = []
  for (const one of inside) parts.push(await toPart(one, owner))
  return { ...result, inside: parts }
}

async function toPart(imported: Imported, { userId, backpack }: Owner) {
  const { outcome, message, code, report, name, entryId, awardId } = imported
  const id = entryId ?? awardId
  const badge = id === null ? undefined : await backpack.find(userId, id)
  return { outcome, message, code, report, name, badge: badge ?? null }
}

function sourceOf(content: unknown): 'file' | 'url' | 'text' {
  if (content instanceof Uint8Array) return 'file'
  return typeof content === 'string' &&
    /^\s*(https?:\/\/|[\w-]+(\.[\w-]+)+(:\d+)?\/)\S*\s*$/i.test(content)
    ? 'url'
    : 'text'
}

function signalOf(reply: FastifyReply): AbortSignal {
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort())
  return gone.signal
}

function isJson({ headers }: FastifyRequest): boolean {
  return /^application\/json\b/i.test(headers['content-type'] ?? '')
}

async function createPersonLimit(scope: HttpServer, max: number): Promise<Limit> {
  await scope.register(rateLimit, { global: false })
  const limit = scope.createRateLimit({
    timeWindow: 60_000,
    max,
    keyGenerator: ({ actor }) => (actor?.kind === 'user' ? actor.id : 'nobody'),
  })
  return async (request, reply) => {
    const state = await limit(request)
    if (state.isAllowed || !state.isExceeded) return
    reply.header('retry-after', String(state.ttlInSeconds))
    const message = `That were more than ${max} badges within a minute. Go on in a minute.`
    throw new AppError('too-many-requests', message)
  }
}
