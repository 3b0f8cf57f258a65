import type { FastifyReply, FastifyRequest } from 'fastify'
import { openToAll } from '../../http/access.js'
import { AppError } from '../../http/app-error.js'
import { html } from '../../http/html.js'
import { sendPage } from '../../http/html-page.js'
import type { HttpServer } from '../../http/http-server.js'
import { paramOf } from '../../http/public-answers.js'
import type { LetterKind } from './opt-out-repository.js'
import type { Unsubscribing } from './unsubscribe.js'

const open = { config: openToAll }
const path = '/unsubscribe/:letters/:hash/:token'

const messages = {
  title: 'Mails from this site',
  done: 'Done',
  ask: {
    'new-badges': 'Do you want no more mails about new badges at this address?',
    endorsements: 'Do you want no more mails about endorsements at this address?',
  },
  button: 'No more of these mails',
  after: {
    'new-badges':
      'This address gets no more mails about new badges. Your badges are not touched; in your backpack you can ask for the mails again.',
    endorsements:
      'This address gets no more mails about endorsements. In a backpack of yours you can ask for them again.',
  },
} as const satisfies {
  readonly [name: string]: string | Readonly<Record<LetterKind, string>>
}

/** The page behind the link in every letter, and the one click of mail programs (RFC 8058). */
export function unsubscribeRoutes(server: HttpServer, unsubscribing: Unsubscribing): void {
  server.register(async (scope) => {
    // What a mail program sends says nothing that the address does not say.
    const limits = { parseAs: 'buffer', bodyLimit: 10_000 } as const
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', limits, (_request, _body, done) => done(null, undefined))

    scope.get(path, open, async (request, reply) => {
      const { letters } = await asked(request)
      return page(reply, messages.title, [
        html`<p>${messages.ask[letters]}</p>`,
        // To the address that it came from, wherever the site lies.
        html`<form method="post"><button type="submit">${messages.button}</button></form>`,
      ])
    })

    scope.post(path, open, async (request, reply) => {
      const found = await asked(request)
      await unsubscribing.carryOut(found)
      return page(reply, messages.done, [html`<p>${messages.after[found.letters]}</p>`])
    })
  })

  async function asked(request: FastifyRequest) {
    const [letters, hash, token] = ['letters', 'hash', 'token'].map((name) =>
      paramOf(request, name),
    )
    const link = { letters: letters ?? '', hash: hash ?? '', token: token ?? '' }
    const found = await unsubscribing.read(link)
    if (found !== undefined) return found
    const remedy = 'Open it from the mail again, or copy all of it.'
    throw new AppError('not-found', `This address is not complete. ${remedy}`)
  }
}

function page(reply: FastifyReply, title: string, parts: readonly ReturnType<typeof html>[]) {
  // The address says whose mailbox it is to whoever knows the mail.
  reply.header('x-robots-tag', 'noindex')
  return sendPage(reply, { title, main: html`<h1>${title}</h1>${parts}` })
}
