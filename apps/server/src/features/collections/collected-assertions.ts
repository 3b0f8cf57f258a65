import type { BackpackBadge } from '@rosette/contract/backpack'
import type { Db } from '../../db/database.js'
import type { PublicUrls } from '../../http/public-urls.js'
import {
  createHostedBadges,
  findAwardView,
  findImportedView,
  type HostedForm,
  isOpen,
} from '../pages/pages.js'

type Deps = { readonly db: Db; readonly urls: PublicUrls }

/** Badges of a collection as documents of Open Badges: ours as we host them, others as they came. */
export function createCollectedAssertions({ db, urls }: Deps) {
  const hosted = createHostedBadges({ db, urls })

  async function ofAward(id: string, form: HostedForm): Promise<object | undefined> {
    const award = await findAwardView(db, id)
    if (award === undefined || award.signedText === null) return undefined
    return await hosted.award(award, award.signedText, form)
  }

  async function asItCame(id: string): Promise<object | undefined> {
    const badge = await findImportedView(db, id)
    if (badge === undefined || !isOpen(badge)) return undefined
    return parseObject(badge.text)
  }

  return (form: HostedForm) =>
    async ({ id, origin }: BackpackBadge) =>
      origin === 'earned' ? await ofAward(id, form) : await asItCame(id)
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    // A compact JWS: it stands for itself and in no JSON.
    return undefined
  }
}
