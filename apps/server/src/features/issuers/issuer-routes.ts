import type { Db } from '../../db/database.js'
import type { HttpServer } from '../../http/http-server.js'
import { prefersHtml, varyByReader } from '../../http/negotiate.js'
import { notThere, paramOf, publicIdOf, sendDocument, sendJson } from '../../http/public-answers.js'
import type { PublicUrls } from '../../http/public-urls.js'
import type { Issuers } from './create-issuers.js'

type Deps = { readonly db: Db; readonly issuers: Issuers; readonly urls: PublicUrls }

/** What a key is called: its own public half, or the thumbprint of that. */
const keyNames = /^(z[1-9A-HJ-NP-Za-km-z]+|[\w-]{43})$/

/** Where verifiers find out which keys are whose. */
export function issuerRoutes(server: HttpServer, { db, issuers, urls }: Deps): void {
  const { documents } = issuers

  server.get('/issuers/:id', async (request, reply) => {
    const id = publicIdOf(request, 'issuer')
    varyByReader(reply)
    if (prefersHtml(request)) return reply.redirect(urls.local(urls.issuerPage(id)), 303)
    return sendJson(request, reply, orNotThere(await documents.controller(db, id), 'issuer'))
  })

  server.get('/issuers/:id/did.json', async (request, reply) => {
    const id = publicIdOf(request, 'issuer')
    return sendJson(request, reply, orNotThere(await documents.did(db, id), 'issuer'))
  })

  server.get('/.well-known/did.json', async (request, reply) =>
    sendJson(request, reply, orNotThere(await documents.hostDid(db), 'issuer')),
  )

  server.get('/.well-known/jwks.json', async (request, reply) => {
    const body = JSON.stringify(await documents.hostKeys(db))
    return sendDocument(request, reply, { body, type: 'application/jwk-set+json', maxAge: 60 })
  })

  server.get('/keys/:kid', async (request, reply) => {
    const kid = paramOf(request, 'kid')
    if (!keyNames.test(kid)) throw notThere('key')
    return sendJson(request, reply, orNotThere(await documents.key(db, kid), 'key'))
  })
}

function orNotThere<T>(document: T | undefined, what: string): T {
  if (document === undefined) throw notThere(what)
  return document
}
