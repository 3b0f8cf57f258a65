import type { FastifyReply, FastifyRequest } from 'fastify'
import { openToAll } from '../../http/access.js'
import { AppError } from '../../http/app-error.js'
import { html } from '../../http/html.js'
import { sendPage } from '../../http/html-page.js'
import type { HttpServer } from '../../http/http-server.js'
import { paramOf } from '../../http/public-answers.js'
import { type Language, languageOfReader } from '../../mail/languages.js'
import type { LetterKind } from './opt-out-repository.js'
import type { Unsubscribing } from './unsubscribe.js'

const open = { config: openToAll }
const path = '/unsubscribe/:letters/:hash/:token'

type Words = {
  readonly title: string
  readonly done: string
  readonly ask: Readonly<Record<LetterKind, string>>
  readonly button: string
  readonly after: Readonly<Record<LetterKind, string>>
}

const messages: Readonly<Record<Language, Words>> = {
  en: {
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
  },
  ar: {
    title: 'رسائل هذا الموقع',
    done: 'تم',
    ask: {
      'new-badges': 'هل تريد ألا تصل إلى هذا العنوان رسائل أخرى عن الشارات الجديدة؟',
      endorsements: 'هل تريد ألا تصل إلى هذا العنوان رسائل أخرى عن التزكيات؟',
    },
    button: 'لا أريد هذه الرسائل',
    after: {
      'new-badges':
        'لن تصل إلى هذا العنوان رسائل أخرى عن الشارات الجديدة. لم يتغيّر شيء في شاراتك، ويمكنك طلب الرسائل من جديد في حقيبة شاراتك.',
      endorsements:
        'لن تصل إلى هذا العنوان رسائل أخرى عن التزكيات. يمكنك طلبها من جديد في حقيبة شاراتك.',
    },
  },
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
      const language = languageOfReader(request.headers['accept-language'])
      const words = messages[language]
      return page(reply, { language, title: words.title }, [
        html`<p>${words.ask[letters]}</p>`,
        // To the address that it came from, wherever the site lies.
        html`<form method="post"><button type="submit">${words.button}</button></form>`,
      ])
    })

    scope.post(path, open, async (request, reply) => {
      const found = await asked(request)
      await unsubscribing.carryOut(found)
      const language = languageOfReader(request.headers['accept-language'])
      const { done, after } = messages[language]
      return page(reply, { language, title: done }, [html`<p>${after[found.letters]}</p>`])
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

function page(
  reply: FastifyReply,
  { title, language }: { readonly title: string; readonly language: Language },
  parts: readonly ReturnType<typeof html>[],
) {
  // The address says whose mailbox it is to whoever knows the mail.
  reply.headers({ 'x-robots-tag': 'noindex', vary: 'Accept-Language' })
  return sendPage(reply, { title, language, main: html`<h1>${title}</h1>${parts}` })
}
