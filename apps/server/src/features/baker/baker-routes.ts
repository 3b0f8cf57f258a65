import type { FastifyReply } from 'fastify'
import { html } from '../../http/html.js'
import { sendPage } from '../../http/html-page.js'
import type { HttpServer } from '../../http/http-server.js'
import { answerError, toAppError, toProblem } from '../../http/problem.js'
import { queryOf } from '../../http/public-answers.js'
import { createAttemptLimit } from '../sessions/sessions.js'
import { CannotBake, createBaking } from './bake-hosted.js'

type Deps = Parameters<typeof createBaking>[0] & {
  /** How many badges one address may have baked in a minute. */
  readonly perMinute: number
}

const messages = {
  title: 'Put a badge into its picture',
  label: 'Address of the assertion',
  hint: 'The file can be kept, mailed and put into any backpack; the badge is inside of it.',
  button: 'Bake it',
}

// An SVG that is opened by itself is a page: nothing in it may run or be fetched.
const sandbox = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"

/** The baker of the Mozilla Backpack: `/baker?assertion=<address>` answers the picture with the badge inside. */
export function bakerRoutes(server: HttpServer, { perMinute, ...deps }: Deps): void {
  const bakeAt = createBaking(deps)

  server.register(async (scope) => {
    const limit = await createAttemptLimit(scope, perMinute)
    scope.setErrorHandler((error, request, reply) => {
      if (error instanceof CannotBake) {
        return refuse(reply, 400, { message: error.message, code: error.code, extra: error.extra })
      }
      const refusal = toAppError(error)
      if (refusal.code === 'internal') return answerError(error, request, reply)
      const { status, title: message } = toProblem(refusal)
      return refuse(reply, status, { message, code: refusal.code, extra: null })
    })

    scope.get('/baker', async (request, reply) => {
      const address = queryOf(request, 'assertion')?.trim() ?? ''
      if (address === '') return sendPage(reply, formPage())
      await limit(request, reply)
      if (!/^https?:\/\/\S+$/i.test(address) || !URL.canParse(address)) {
        throw new CannotBake('invalid', 'An address begins with https://. Give it whole.', address)
      }
      const { bytes, name, type } = await bakeAt(address)
      return reply
        .headers({
          'access-control-allow-origin': '*',
          'cache-control': 'no-store',
          'content-disposition': `attachment; filename="${name}"`,
          'content-security-policy': sandbox,
          'x-content-type-options': 'nosniff',
        })
        .type(type)
        .send(Buffer.from(bytes))
    })
  })
}

type Refusal = { readonly message: string; readonly code: string; readonly extra: unknown }

function refuse(reply: FastifyReply, status: number, refusal: Refusal) {
  reply.headers({ 'access-control-allow-origin': '*', 'cache-control': 'no-store' })
  return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(refusal))
}

function formPage() {
  const main = html`<section class="card"><h1>${messages.title}</h1>
<form class="verify" method="get" action="baker"><label for="assertion">${messages.label}</label><input id="assertion" name="assertion" type="url" required placeholder="https://">
<p class="soft">${messages.hint}</p><p><button class="button main">${messages.button}</button></p></form></section>`
  return { title: messages.title, main }
}
