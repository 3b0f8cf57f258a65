import type { BackpackBadge } from '@rosette/contract/backpack'
import type { Db } from '../../db/database.js'
import type { PublicUrls } from '../../http/public-urls.js'
import type { Collections, SharedCollection } from '../collections/collections.js'
import { findAwardView, findImportedView, toFirstAssertion, toFirstForm } from '../pages/pages.js'
import { findUserByMail, findUserByNumber } from './displayer-views.js'

type Deps = {
  readonly db: Db
  readonly urls: PublicUrls
  readonly now: () => Date
  readonly collections: Pick<Collections, 'listShared'>
}

/**
 * What displayers of the Mozilla Backpack ask: people and their public groups, by numbers. Numbers can be
 * guessed, as the link of a collection cannot, so that only badges which are shown to everybody are in them.
 */
export function createDisplayer({ db, urls, now, collections }: Deps) {
  async function publicGroups(userId: string): Promise<readonly SharedCollection[]> {
    const shared = await collections.listShared(userId)
    return shared
      .map((each) => ({ ...each, badges: each.badges.filter(isForAll) }))
      .filter(({ badges }) => badges.length > 0)
  }

  /** The number of somebody who shows badges to everybody; of others nothing is said, not even that they exist. */
  async function numberOf(email: string): Promise<number | undefined> {
    const user = await findUserByMail(db, email)
    if (user === undefined || (await publicGroups(user.id)).length === 0) return undefined
    return user.number
  }

  async function groupsOf(userNumber: number) {
    const user = await findUserByNumber(db, userNumber)
    const groups = user === undefined ? [] : await publicGroups(user.id)
    if (groups.length === 0) return undefined
    return {
      userId: userNumber,
      groups: groups.map(({ number, name, badges }) => ({
        groupId: number,
        name,
        badges: badges.length,
      })),
    }
  }

  async function groupOf(userNumber: number, groupNumber: number) {
    const user = await findUserByNumber(db, userNumber)
    if (user === undefined) return undefined
    const groups = await publicGroups(user.id)
    const group = groups.find(({ number }) => number === groupNumber)
    if (group === undefined) return undefined
    const badges = await Promise.all(group.badges.map(({ badge }) => toDisplayed(badge)))
    return {
      userId: userNumber,
      groupId: groupNumber,
      badges: badges.filter((badge) => badge !== undefined),
    }
  }

  async function toDisplayed({ id, origin }: BackpackBadge) {
    return origin === 'earned' ? await award(id) : await imported(id)
  }

  async function award(id: string) {
    const view = await findAwardView(db, id)
    if (view === undefined || view.signedText === null) return undefined
    const url = urls.assertion(id)
    return {
      lastValidated: now().toISOString(),
      assertionType: 'hosted',
      hostedUrl: url,
      assertion: toFirstAssertion(view, view.signedText, urls),
      imageUrl: `${url}/baked`,
    }
  }

  async function imported(id: string) {
    const view = await findImportedView(db, id)
    if (view === undefined) return undefined
    const isHosted = view.kind.startsWith('Assertion') && view.sourceUrl !== null
    return {
      lastValidated: new Date(view.checkedAt).toISOString(),
      assertionType: isHosted ? 'hosted' : 'signed',
      hostedUrl: isHosted ? view.sourceUrl : urls.importedBadge(id),
      assertion: toFirstForm(view, urls),
      imageUrl: `${urls.importedBadge(id)}/image`,
    }
  }

  return { numberOf, groupsOf, groupOf }
}

export type Displayer = ReturnType<typeof createDisplayer>

function isForAll({ badge }: SharedCollection['badges'][number]): boolean {
  return badge.visibility === 'public'
}
