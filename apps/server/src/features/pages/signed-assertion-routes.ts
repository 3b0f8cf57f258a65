import { AppError } from '../../http/app-error.js'
import type { HttpServer } from '../../http/http-server.js'
import { notThere, paramOf, publicIdOf, sendDocument, sendJson } from '../../http/public-answers.js'
import { toRevocationList, toSignedAssertion } from './hosted-documents.js'
import { awardOf, type PageDeps, signedTextOf } from './page-routes.js'
import { type AwardView, findIssuerView, listRevokedAssertions } from './page-views.js'

const thumbprint = /^[\w-]{43}$/

/** Open Badges 2.0 that are signed: the awards, the keys, and which awards were taken back. */
export function signedAssertionRoutes(server: HttpServer, deps: PageDeps): void {
  const { db, urls, issuers } = deps

  server.get('/public/assertions/:id/signed', async (request, reply) => {
    const award = await awardOf(db, publicIdOf(request, 'badge'))
    signedTextOf(award, reply)
    const body = await signedAssertionOf(award, deps)
    return sendDocument(request, reply, { body, type: 'text/plain; charset=utf-8', maxAge: 300 })
  })

  server.get('/public/issuers/:id/revocations', async (request, reply) => {
    const id = publicIdOf(request, 'issuer')
    if ((await findIssuerView(db, id)) === undefined) throw notThere('issuer')
    return sendJson(request, reply, toRevocationList(id, await listRevokedAssertions(db, id), urls))
  })

  server.get('/public/keys/:kid', async (request, reply) => {
    const kid = paramOf(request, 'kid')
    const key = thumbprint.test(kid) ? await issuers.documents.assertionKey(db, kid) : undefined
    if (key === undefined) throw notThere('key')
    return sendJson(request, reply, key)
  })
}

/** The award as a compact JWS, signed now if nobody has asked for it before. */
export async function signedAssertionOf(
  award: AwardView,
  { credentials, urls }: Pick<PageDeps, 'credentials' | 'urls'>,
): Promise<string> {
  const text = await credentials.assertionJws(award, (signedText, creator) =>
    toSignedAssertion(award, signedText, { urls, creator }),
  )
  if (text !== undefined) return text
  throw new AppError('not-found', 'This badge was taken back before it was signed in this form.')
}
