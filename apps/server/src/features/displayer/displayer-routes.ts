import type { FastifyReply, FastifyRequest } from 'fastify'
import { html } from '../../http/html.js'
import { sendPage } from '../../http/html-page.js'
import type { HttpServer } from '../../http/http-server.js'
import { toAppError, toProblem } from '../../http/problem.js'
import { paramOf, queryOf } from '../../http/public-answers.js'
import { type AttemptLimit, createAttemptLimit } from '../sessions/sessions.js'
import type { Displayer } from './create-displayer.js'

/** How many addresses may be asked for in a minute from one place. */
const perMinute = 30

const messages = {
  title: 'Find a backpack',
  label: 'E-mail address',
  button: 'Find its number',
  hint: 'Answers the number by which other sites find the public collections of this person.',
}

/** The displayer API of the Mozilla Backpack; its answers and errors are those that its clients know. */
export function displayerRoutes(server: HttpServer, displayer: Displayer): void {
  server.register(async (scope) => {
    const limit = await createAttemptLimit(scope, perMinute)
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 10_000 },
      (_request, text, done) => done(null, Object.fromEntries(new URLSearchParams(String(text)))),
    )
    scope.setErrorHandler((error, _request, reply) => {
      const { status, title } = toProblem(toAppError(error))
      return reply.code(status).send({ status: 'invalid', error: title })
    })
    convertRoutes(scope, displayer, limit)
    groupRoutes(scope, displayer)
  })
}

// No page of anybody else may ask this, or addresses would stand in the source of pages.
function convertRoutes(scope: HttpServer, displayer: Displayer, limit: AttemptLimit): void {
  scope.get('/displayer/convert/email', async (_request, reply) => sendPage(reply, formPage()))

  scope.post('/displayer/convert/email', { onRequest: limit }, async (request, reply) => {
    reply.header('cache-control', 'no-store')
    const email = memberOf(request.body, 'email')
    if (email === '') {
      return reply.code(400).send({ status: 'invalid', error: 'missing `email` parameter' })
    }
    const userId = await displayer.numberOf(email)
    if (userId !== undefined) return { status: 'okay', email, userId }
    const error = `Could not find a user by the email address \`${email}\``
    return reply.code(404).send({ status: 'missing', error })
  })
}

function groupRoutes(scope: HttpServer, displayer: Displayer): void {
  const groups = async (request: FastifyRequest, reply: FastifyReply) =>
    answer({ request, reply }, await displayer.groupsOf(numberIn(request, 'user')))
  scope.get('/displayer/:user/groups', groups)
  scope.get('/displayer/:user/groups.json', groups)

  const group = async (request: FastifyRequest, reply: FastifyReply) => {
    const found = await displayer.groupOf(numberIn(request, 'user'), numberIn(request, 'group'))
    return answer({ request, reply }, found)
  }
  scope.get('/displayer/:user/group/:group', group)
  scope.get('/displayer/:user/group/:group(^\\d+).json', group)
}

type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply }

/** A name of a function, perhaps within objects; anything else would be a script of whoever asks. */
const callbackForm = /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*$/

function answer({ request, reply }: Exchange, found: object | undefined) {
  reply.headers({ 'access-control-allow-origin': '*', 'x-content-type-options': 'nosniff' })
  const body = found ?? { httpStatus: 404, status: 'missing' }
  const callback = queryOf(request, 'callback')
  if (callback === undefined) {
    return reply.code(found === undefined ? 404 : 200).send(body)
  }
  if (!callbackForm.test(callback) || callback.length > 100) {
    return reply.code(400).send({ status: 'invalid', error: 'invalid `callback` parameter' })
  }
  // A script that failed says nothing to the page that asked for it, so the status is in the body.
  reply.type('application/javascript; charset=utf-8')
  return reply.send(`/**/${callback}(${JSON.stringify(body)});`)
}

// Zero is nobody's number.
function numberIn(request: FastifyRequest, name: string): number {
  const text = paramOf(request, name)
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : 0
}

function memberOf(body: unknown, name: string): string {
  const value: unknown =
    typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined
  return typeof value === 'string' ? value.trim() : ''
}

function formPage() {
  const main = html`<section class="card"><h1>${messages.title}</h1>
<form class="verify" method="post" action="email"><label for="email">${messages.label}</label><input id="email" name="email" type="email" required autocomplete="off">
<p class="soft">${messages.hint}</p><p><button class="button main">${messages.button}</button></p></form></section>`
  return { title: messages.title, main }
}
