import type { Report } from '@rosette/open-badges'
import { inTransaction } from '../../db/database.js'
import { ownAwardId } from '../verifier/verifier.js'
import { wantAward } from './entry-repository.js'
import type { ImportDeps } from './import-deps.js'
import { type Arrived, answerOf, type Imported } from './imported.js'

/** Recognises badges that were awarded here: those need not be kept a second time. */
export function createOwnAwards({ db, urls }: Pick<ImportDeps, 'db' | 'urls'>) {
  return async function recognise(userId: string, arrived: Arrived): Promise<Imported | undefined> {
    const { report } = arrived.findings
    const awardId = ownAwardId(withoutForm(report), urls)
    if (awardId === undefined) return undefined
    const isOwn = await inTransaction(db, (tx) => wantAward(tx, userId, awardId))
    const base = answerOf(arrived, report.badge.name)
    if (isOwn) return { ...base, outcome: 'duplicate', awardId, message: hereAlready }
    return { ...base, outcome: 'waiting', message: ofAnotherAddress }
  }
}

const hereAlready = 'This badge was awarded to you here: it is in your backpack already.'
const ofAnotherAddress =
  'This badge was awarded here, to an address that is not yours as far as this site knows. If it is, add it to your account and confirm it: then the badge is in your backpack by itself.'

// Signed in Open Badges 2.0, it lies below the address of the award.
function withoutForm(report: Report): Report {
  const { id } = report.badge
  if (id === undefined) return report
  return { ...report, badge: { ...report.badge, id: id.replace(/\/signed$/, '') } }
}
