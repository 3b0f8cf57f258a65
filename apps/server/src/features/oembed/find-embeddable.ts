import type { Db } from '../../db/database.js'
import { parsePublicId } from '../../http/public-id.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { type Collections, collectionFrame } from '../collections/collections.js'
import { badgeFrame, findAwardView, findImportedView } from '../pages/pages.js'

/** A page of ours that others may embed. */
export type Embeddable = {
  readonly url: string
  readonly title: string
  /** Who issued it, or put it together. */
  readonly author: string | null
  readonly frame: { readonly width: number; readonly height: number }
  readonly thumbnail: { readonly url: string; readonly width: number; readonly height: number }
}

type Deps = { readonly db: Db; readonly urls: PublicUrls; readonly collections: Collections }

/** Finds what an address of ours shows to everybody; undefined for what is private, and for what is not there. */
export function createEmbeddables({ db, urls, collections }: Deps) {
  const kinds = {
    assertions: ofAward,
    backpack: ofImported,
    collections: ofCollection,
  }

  async function ofAward(id: string): Promise<Embeddable | undefined> {
    const awardId = parsePublicId(id)
    const award = awardId === undefined ? undefined : await findAwardView(db, awardId)
    if (award === undefined || award.visibility === 'private') return undefined
    const url = urls.assertion(award.awardId)
    return { url, title: award.name, author: award.issuerName, ...asBadge(`${url}/image?size=320`) }
  }

  async function ofImported(id: string): Promise<Embeddable | undefined> {
    const entryId = parsePublicId(id)
    const badge = entryId === undefined ? undefined : await findImportedView(db, entryId)
    if (badge === undefined || badge.visibility === 'private') return undefined
    const url = urls.importedBadge(badge.entryId)
    const author = badge.issuerName || null
    return { url, title: badge.name, author, ...asBadge(`${url}/image?size=320`) }
  }

  async function ofCollection(id: string): Promise<Embeddable | undefined> {
    const collection = await collections.findShared(id)
    if (collection === undefined) return undefined
    const url = urls.collection(id)
    const thumbnail = { url: `${url}/image`, width: 1200, height: 630 }
    const { name: title, owner: author } = collection
    return { url, title, author, frame: collectionFrame, thumbnail }
  }

  return async (address: string): Promise<Embeddable | undefined> => {
    const rest = address.startsWith(`${urls.base}/public/`)
      ? address.slice(`${urls.base}/public/`.length)
      : ''
    const [, kind = '', id = ''] = /^(\w+)\/([\w-]+)(?:\.json)?\/?(?:[?#].*)?$/.exec(rest) ?? []
    return isKind(kind) ? await kinds[kind](id) : undefined
  }

  function isKind(kind: string): kind is keyof typeof kinds {
    return Object.hasOwn(kinds, kind)
  }
}

function asBadge(url: string) {
  return { frame: badgeFrame, thumbnail: { url, width: 320, height: 320 } }
}
