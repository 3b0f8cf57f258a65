import { toPublicId } from '../../http/public-id.js'
import type { SharedCollection } from './create-collections.js'

/** A badge of a collection in the form of Open Badges; undefined where it has none that everybody may read. */
export type AssertionOf = (
  badge: SharedCollection['badges'][number]['badge'],
) => Promise<object | undefined>

/** A collection for programs, in the form that Badgr gave it. */
export async function toCollectionDocument(
  collection: SharedCollection,
  { url, assertionOf }: { readonly url: string; readonly assertionOf: AssertionOf },
): Promise<object> {
  const { id, name, description, owner, badges } = collection
  const assertions = await Promise.all(badges.map(({ badge }) => assertionOf(badge)))
  return {
    '@context': 'https://w3id.org/openbadges/v2',
    type: 'Collection',
    id: url,
    name,
    description,
    entityId: toPublicId(id),
    owner: toOwner(owner ?? ''),
    badges: assertions.filter((each) => each !== undefined),
  }
}

// One name is all that is known; the last word of it is what most software calls a last name.
function toOwner(name: string): { readonly firstName: string; readonly lastName: string } {
  const words = name.trim().split(/\s+/)
  const lastName = words.length > 1 ? (words.pop() ?? '') : ''
  return { firstName: words.join(' '), lastName }
}
