import { createWalletOffer } from '@rosette/contract/backpack'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { forSignedIn } from '../../http/access.js'
import type { HttpServer } from '../../http/http-server.js'
import { toAppError, toProblem } from '../../http/problem.js'
import { notThere, paramOf, sendDocument } from '../../http/public-answers.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { log } from '../../telemetry/log.js'
import { personIn } from '../accounts/accounts.js'
import { createAttemptLimit } from '../sessions/sessions.js'
import type { Wallets } from './create-wallets.js'
import { WalletError } from './wallet-error.js'
import { issuerMetadata, walletServerMetadata } from './wallet-metadata.js'

type Deps = { readonly wallets: Wallets; readonly urls: PublicUrls }

/** How often one address may try codes and numbers in a minute. */
const triesPerMinute = 30

export function walletOfferRoutes(server: HttpServer, { wallets }: Pick<Deps, 'wallets'>): void {
  server.post(
    '/api/v1/backpack/badges/:id/wallet-offers',
    { schema: createWalletOffer, config: forSignedIn },
    async (request, reply) => {
      const offer = await wallets.offer(personIn(request), request.params.id)
      return reply.code(201).send(offer)
    },
  )
}

/** What wallets find, and any web page may read: what is issued here, and offers by reference. */
export function walletDocumentRoutes(scope: HttpServer, { wallets, urls }: Deps): void {
  const { base } = urls
  const documents = {
    'openid-credential-issuer': (name: string) => issuerMetadata(base, name),
    'oauth-authorization-server': () => walletServerMetadata(base),
  }
  for (const [wellKnown, document] of Object.entries(documents)) {
    const send = (request: FastifyRequest, reply: FastifyReply) => {
      const body = JSON.stringify(document(reply.server.brand().name))
      return sendDocument(request, reply, { body, type: 'application/json', maxAge: 300 })
    }
    scope.get(`/.well-known/${wellKnown}`, async (request, reply) => send(request, reply))
    // The path of the site comes last, where a proxy hands that through (RFC 8414, 3.1).
    scope.get(`/.well-known/${wellKnown}/*`, async (request, reply) => {
      const path = `/${paramOf(request, '*')}`
      if (path.replace(/\/$/, '') !== new URL(base).pathname) throw notThere('document')
      return send(request, reply)
    })
  }

  scope.get('/wallet/offers/:code', async (request, reply) => {
    const offer = await wallets.read(paramOf(request, 'code'))
    if (offer === undefined) throw notThere('offer')
    return reply.header('cache-control', 'no-store').send(offer)
  })
}

/** Where wallets get tokens, nonces and badges (OpenID4VCI 1.0). */
export function walletRoutes(server: HttpServer, { wallets }: Deps): void {
  server.register(async (scope) => {
    scope.setErrorHandler(answerWalletError)
    scope.addHook('onRequest', async (_request, reply) => {
      reply.headers({ 'cache-control': 'no-store', 'access-control-allow-origin': '*' })
    })
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 16 * 1024 },
      (_request, body, done) => done(null, toMembers(String(body))),
    )
    // Wallets that are web pages ask this first.
    scope.options('/wallet/*', async (_request, reply) =>
      reply
        .headers({
          'access-control-allow-methods': 'POST',
          'access-control-allow-headers': 'authorization, content-type',
          'access-control-max-age': '86400',
        })
        .code(204)
        .send(),
    )
    const limit = await createAttemptLimit(scope, triesPerMinute)
    scope.post('/wallet/token', { onRequest: limit }, (request) => wallets.exchange(request.body))
    scope.post('/wallet/nonce', async () => ({ c_nonce: wallets.nonce() }))
    scope.post('/wallet/credential', { bodyLimit: 64 * 1024 }, (request) => {
      const token = /^bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
      return wallets.issue(token, request.body)
    })
  })
}

// A member that comes twice is a list, which no member may be.
function toMembers(body: string) {
  const form = new URLSearchParams(body)
  return Object.fromEntries(
    [...new Set(form.keys())].map((name) => {
      const values = form.getAll(name)
      return [name, values.length === 1 ? values[0] : values]
    }),
  )
}

function answerWalletError(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  if (error instanceof WalletError) {
    const isToken = error.error === 'invalid_token'
    if (isToken) reply.header('www-authenticate', 'Bearer error="invalid_token"')
    return reply
      .code(isToken ? 401 : 400)
      .send({ error: error.error, error_description: error.message })
  }
  const refusal = toAppError(error)
  if (refusal.code === 'internal') log.error({ err: error, request: request.id }, 'request failed')
  const { status } = toProblem(refusal)
  const isAsking = request.url.startsWith('/wallet/credential')
  const ofRequest = isAsking ? 'invalid_credential_request' : 'invalid_request'
  return reply.code(status).send({
    error: status === 429 ? 'slow_down' : status >= 500 ? 'server_error' : ofRequest,
    error_description: refusal.message,
  })
}
