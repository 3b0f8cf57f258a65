import type { BackpackBadge } from '@rosette/contract/backpack'
import { html } from '../../http/html.js'
import type { PublicUrls } from '../../http/public-urls.js'
import type { CollectionRow } from './collection-repository.js'

/** A badge in a collection. */
export type Collected = {
  readonly collectionId: string
  readonly badge: BackpackBadge
  readonly note: string
  readonly isShown: boolean
}

const mostPictures = 4

/** A collection for its owner. */
export function toCollection(row: CollectionRow, badges: readonly Collected[], urls: PublicUrls) {
  const shown = badges.map(({ badge, note, isShown }) => ({ badge, note, isShown }))
  return { ...factsOf(row, urls), badges: shown }
}

export function toSummary(row: CollectionRow, badges: readonly Collected[], urls: PublicUrls) {
  const pictures = badges.flatMap(({ badge }) => badge.pictureUrl ?? [])
  return {
    ...factsOf(row, urls),
    badges: badges.length,
    pictures: pictures.slice(0, mostPictures),
  }
}

function factsOf(row: CollectionRow, urls: PublicUrls) {
  const { id, number, name, description, share_hash: shareHash } = row
  const publicUrl = shareHash === null ? null : urls.collection(shareHash)
  return {
    id,
    /** For software that knows integers only. */
    number,
    shareHash,
    name,
    description,
    isPublished: publicUrl !== null,
    publicUrl,
    embedCode: publicUrl === null ? null : collectionFrameCode(name, publicUrl),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

/** What a collection in a frame measures, for those who embed it. */
export const collectionFrame = { width: 640, height: 480 } as const

function collectionFrameCode(
  name: string,
  url: string,
  { width, height }: { readonly width: number; readonly height: number } = collectionFrame,
): string {
  return html`<iframe src="${`${url}?embed=1`}" width="${width}" height="${height}" title="${name}" style="border:0;max-width:100%" loading="lazy"></iframe>`
    .text
}
