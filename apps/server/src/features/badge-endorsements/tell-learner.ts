import { z } from 'zod'
import { inTransaction, type Tx } from '../../db/database.js'
import { pickLanguage } from '../../mail/languages.js'
import { endorsementGivenLetter } from '../../mail/learner-letters.js'
import { addJobs } from '../../workers/jobs.js'
import { findUser } from '../accounts/accounts.js'
import type { EndorsementDeps } from './ask-endorsement.js'
import { lockEndorsement, updateEndorsement } from './badge-endorsement-repository.js'
import { findBadgeOf } from './badge-endorsement-views.js'

const tellTask = 'mail-endorsement-given'
const payloadSchema = z.object({ id: z.uuid() })

export async function queueNews(tx: Tx, id: string): Promise<void> {
  await addJobs(tx, [{ task: tellTask, payload: { id }, key: `${tellTask}/${id}` }])
}

/** The letter to a learner whose badge was endorsed. */
export function createTelling({ db, now, urls, mailer, ...deps }: EndorsementDeps) {
  async function tell(payload: unknown): Promise<void> {
    const { id } = payloadSchema.parse(payload)
    if (mailer === undefined) return
    await inTransaction(db, async (tx) => {
      const row = await lockEndorsement(tx, id)
      if (row === undefined || row.state !== 'given' || row.told_at !== null) return
      const learner = await findUser(tx, row.user_id)
      const badge = await findBadgeOf(tx, row)
      if (learner === undefined || badge === undefined) return
      await updateEndorsement(tx, id, { told_at: now().toISOString() })
      const isOurs = learner.email_proven_at !== null && learner.disabled_at === null
      if (!isOurs || !(await deps.unsubscribing.isWanted(learner.email, 'endorsements'))) return
      await mailer.send(
        endorsementGivenLetter({
          to: learner.email,
          language: pickLanguage(learner.preferences['language']),
          site: new URL(urls.base).host,
          look: await deps.look(),
          url: `${urls.base}/backpack/endorsements`,
          name: row.name,
          badge: badge.name,
          said: row.comment,
          unsubscribeUrl: await deps.unsubscribing.linkFor(learner.email, 'endorsements'),
        }),
      )
    })
  }

  return { tasks: { [tellTask]: tell } }
}
