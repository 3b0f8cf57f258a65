import { html } from '../../http/html.js'
import type { PublicUrls } from '../../http/public-urls.js'
import type { CollectedRow } from './collected-badge-views.js'
import type { CollectionRow } from './collection-repository.js'
import { isShown, toBackpackBadge } from './to-collected-badge.js'

type With = { readonly urls: PublicUrls; readonly now: Date }

const mostPictures = 4

/** A collection for its owner. */
export function toCollection(row: CollectionRow, badges: readonly CollectedRow[], with_: With) {
  const { urls, now } = with_
  return {
    ...factsOf(row, urls),
    badges: badges.map((each) => ({
      badge: toBackpackBadge(each, now, urls),
      note: each.note,
      isShown: isShown(each, now),
    })),
  }
}

export function toSummary(row: CollectionRow, badges: readonly CollectedRow[], with_: With) {
  const { urls, now } = with_
  const pictures = badges.map((each) => toBackpackBadge(each, now, urls).pictureUrl)
  return {
    ...factsOf(row, urls),
    badges: badges.length,
    pictures: pictures.flatMap((url) => url ?? []).slice(0, mostPictures),
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
    embedCode: publicUrl === null ? null : collectionEmbedCode(name, publicUrl),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

export function collectionEmbedCode(name: string, url: string): string {
  return html`<iframe src="${`${url}?embed=1`}" width="640" height="480" title="${name}" style="border:0;max-width:100%" loading="lazy"></iframe>`
    .text
}
