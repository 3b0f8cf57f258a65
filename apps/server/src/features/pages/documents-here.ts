import { didWebUrl } from '@rosette/open-badges'
import type { Db } from '../../db/database.js'
import { parsePublicId } from '../../http/public-id.js'
import type { PublicUrls } from '../../http/public-urls.js'
import type { Credentials } from '../credentials/credentials.js'
import type { Issuers } from '../issuers/issuers.js'

type Deps = {
  readonly db: Db
  readonly urls: PublicUrls
  readonly issuers: Issuers
  readonly credentials: Credentials
}

/**
 * Answers our own addresses without going over the network, for verifying our own badges: the same
 * documents that everybody else is served. Throws for any other address.
 */
export function createDocumentsHere({ db, urls, issuers, credentials }: Deps) {
  const { documents } = issuers
  const base = new URL(urls.base)

  async function answer(kind: string, name: string): Promise<unknown> {
    if (kind === 'keys') return await documents.key(db, name)
    const [idText = '', file] = name.split('/')
    const id = parsePublicId(idText)
    if (id === undefined) return undefined
    if (kind === 'status') return parseJson(await credentials.statusList(id))
    if (kind !== 'issuers') return undefined
    return file === 'did.json' ? await documents.did(db, id) : await documents.controller(db, id)
  }

  return async function documentHere(address: string): Promise<unknown> {
    const url = new URL(address.startsWith('did:') ? didWebUrl(address) : address)
    const prefix = base.pathname.replace(/\/$/, '')
    const [, kind = '', name = ''] =
      /^\/(keys|status|issuers)\/(.+)$/.exec(url.pathname.slice(prefix.length)) ?? []
    const isOurs = url.host === base.host && url.pathname.startsWith(prefix)
    const document = isOurs ? await answer(kind, name) : undefined
    if (document === undefined) throw new Error(`There is no document of ours at ${address}.`)
    return document
  }
}

function parseJson(text: string | undefined): unknown {
  return text === undefined ? undefined : JSON.parse(text)
}
