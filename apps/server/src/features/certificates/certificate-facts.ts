import type { Db } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { formatDate } from '../../http/html-words.js'
import { notThere } from '../../http/public-answers.js'
import type { PublicUrls } from '../../http/public-urls.js'
import type { Picture } from '../images/images.js'
import {
  type AwardView,
  awardStatus,
  findAwardView,
  findImportedView,
  type ImportedView,
  importedStatus,
} from '../pages/pages.js'
import { findLearnerName, findUserName } from './certificate-views.js'

/** Everything that a certificate says. */
export type CertificateFacts = {
  readonly id: string
  readonly name: string
  readonly learnerName: string | null
  readonly issuerName: string
  readonly description: string
  /** Markdown. */
  readonly criteria: string
  readonly awardedOn: string | null
  readonly expiresOn: string | null
  readonly hasExpired: boolean
  /** Where anyone can check it; the verifier for one that is shown to nobody. */
  readonly url: string
  readonly isPrivate: boolean
  readonly isImported: boolean
  readonly picture: Picture
}

type Deps = { readonly db: Db; readonly urls: PublicUrls; readonly now: () => Date }

/** To whom it is given: the learner always gets the name, others where the learner shows it. */
export type For = { readonly isForLearner: boolean }

/** Reads what a certificate says of an award or of a badge from elsewhere; throws where there is none to be had. */
export function createCertificateFacts({ db, urls, now }: Deps) {
  return async (id: string, { isForLearner }: For): Promise<CertificateFacts> => {
    const award = await findAwardView(db, id)
    if (award !== undefined) {
      assertInForce(awardStatus(award, now()).is)
      return ofAward(award, isForLearner ? await findLearnerName(db, id) : award.learnerName)
    }
    const badge = await findImportedView(db, id)
    if (badge === undefined) throw notThere('badge')
    assertInForce(importedStatus(badge, now()))
    return ofImported(
      badge,
      isForLearner ? await findUserName(db, badge.userId) : badge.learnerName,
    )
  }

  function ofAward(award: AwardView, learnerName: string | null): CertificateFacts {
    const isPrivate = award.visibility === 'private'
    const { templateId: seed, name, imageId } = award
    return {
      ...commonOf(award, now()),
      id: award.awardId,
      learnerName,
      url: isPrivate ? urls.verify : urls.assertion(award.awardId),
      isPrivate,
      isImported: false,
      picture: { kind: 'badge', seed, name, imageId },
    }
  }

  function ofImported(badge: ImportedView, learnerName: string | null): CertificateFacts {
    const isPrivate = badge.visibility === 'private'
    const { entryId: seed, name, imageId } = badge
    return {
      ...commonOf(badge, now()),
      id: badge.entryId,
      learnerName,
      url: isPrivate ? urls.verify : urls.importedBadge(badge.entryId),
      isPrivate,
      isImported: true,
      picture: { kind: 'badge', seed, name, imageId },
    }
  }
}

type Common = Pick<
  AwardView | ImportedView,
  'name' | 'issuerName' | 'description' | 'criteria' | 'awardedAt' | 'expiresAt'
>

function commonOf(badge: Common, now: Date) {
  const { name, issuerName, description, criteria, awardedAt, expiresAt } = badge
  return {
    name,
    issuerName,
    description,
    criteria,
    awardedOn: awardedAt === null ? null : formatDate(awardedAt),
    expiresOn: expiresAt === null ? null : formatDate(expiresAt),
    hasExpired: expiresAt !== null && Date.parse(expiresAt) <= now.getTime(),
  }
}

const over = new Set(['revoked', 'ended-there', 'invalid', 'suspended'])
const toCome = new Set(['signing', 'delayed', 'coming', 'held-up', 'to-accept'])

// Paper cannot be taken back: what is not in force now must not begin to be on paper.
function assertInForce(status: string): void {
  if (over.has(status)) {
    throw new AppError('conflict', 'This badge is not in force, so there is no certificate of it.')
  }
  if (toCome.has(status)) {
    const message = 'This badge has not been issued yet. Ask for its certificate once it is valid.'
    throw new AppError('conflict', message)
  }
}
