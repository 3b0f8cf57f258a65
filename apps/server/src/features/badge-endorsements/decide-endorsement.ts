import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { recordAudit } from '../audit/audit.js'
import type { Person } from './ask-endorsement.js'
import {
  type EndorsementRow,
  lockEndorsement,
  updateEndorsement,
} from './badge-endorsement-repository.js'
import { findBadgeOf, findOwnBadge } from './badge-endorsement-views.js'
import type { EndorsementSigning } from './sign-endorsement.js'

type Deps = { readonly db: Db; readonly now: () => Date; readonly sign: EndorsementSigning }

export type Decision = 'accept' | 'decline' | 'hide' | 'show' | 'withdraw'
type State = EndorsementRow['state']

/** From which state a decision leads to which. */
const ways: Readonly<Record<Decision, { readonly from: State; readonly to: State }>> = {
  accept: { from: 'given', to: 'accepted' },
  decline: { from: 'given', to: 'declined' },
  hide: { from: 'accepted', to: 'hidden' },
  show: { from: 'hidden', to: 'accepted' },
  withdraw: { from: 'asked', to: 'withdrawn' },
}

const stands: Readonly<Record<State, string>> = {
  asked: 'nobody has answered yet; it can be withdrawn',
  given: 'it waits for you to accept or decline it',
  accepted: 'it is accepted and shown; it can be hidden',
  declined: 'it was declined',
  hidden: 'it is hidden; it can be shown again',
  withdrawn: 'it was withdrawn',
}

/** What learners do with the endorsements of their badges. */
export function createDeciding({ db, now, sign }: Deps) {
  /** Of two decisions at once the second finds what the first has made of it. */
  return async (person: Person, id: string, decision: Decision): Promise<EndorsementRow> =>
    await inTransaction(db, async (tx) => {
      const row = await lockEndorsement(tx, id)
      if (row === undefined || row.user_id !== person.id) throw notFound(id)
      // What strangers get to see of a badge is said by whose it is now.
      const badgeId = row.award_id ?? row.entry_id ?? ''
      const isShowing = decision === 'accept' || decision === 'show'
      if (isShowing && (await findOwnBadge(tx, person.id, badgeId)) === undefined)
        throw notFound(id)
      const { from, to } = ways[decision]
      if (row.state !== from) throw cannot(decision, row.state)
      const signed = decision === 'accept' ? await signedOf(tx, row) : {}
      const settled_at = now().toISOString()
      const after = await updateEndorsement(tx, id, { state: to, settled_at, ...signed })
      const detail = { endorsement: id, decision }
      const audit = { action: 'endorsement.decide', subject: `user/${person.id}`, detail }
      await recordAudit(tx, { actor: person.email, ...audit })
      return after
    })

  async function signedOf(tx: Tx, row: EndorsementRow) {
    const badge = await findBadgeOf(tx, row)
    if (badge === undefined) throw notFound(row.id)
    return await sign(tx, row, badge)
  }
}

function notFound(id: string): AppError {
  return new AppError('endorsement-not-found', `There is no endorsement ${id} of your badges.`)
}

function cannot(decision: Decision, state: State): AppError {
  return new AppError('conflict', `You cannot ${decision} this endorsement: ${stands[state]}.`)
}
