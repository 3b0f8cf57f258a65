import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { changesOf, createAuditOf, recordAudit } from '../audit/audit.js'
import {
  type Acceptance,
  deleteEntry,
  lockShowing,
  markSeen,
  type Showing,
  setAcceptance,
  setShowing,
} from './backpack-repository.js'
import { type BadgeRow, findBadge } from './badge-views.js'

/** Who asks; `email` is what the audit log calls them. */
export type Person = { readonly id: string; readonly email: string }
export type ShowingChange = { readonly [Name in keyof Showing]?: Showing[Name] | undefined }

type Deps = { readonly db: Db; readonly now: () => Date }

/** What learners do with badges that they have. Of two changes at once, the second sees the first. */
export function createBadgeChanges({ db, now }: Deps) {
  async function update(person: Person, id: string, change: ShowingChange): Promise<void> {
    await inTransaction(db, async (tx) => {
      const badge = await badgeOr404(tx, person.id, id)
      const before = await lockShowing(tx, person.id, badge)
      if (before === undefined) throw noBadge(id)
      const after = { ...before, ...withoutGaps(change) }
      await setShowing(tx, badge, after)
      await audit(tx, badge, {
        actor: person.email,
        action: 'show',
        ...changesOf(before, after),
      })
    })
  }

  /** What software calls accepting or rejecting a badge; a rejected one is hidden until it is wanted again. */
  async function decide(person: Person, id: string, acceptance: Acceptance): Promise<void> {
    await inTransaction(db, async (tx) => {
      const badge = await badgeOr404(tx, person.id, id)
      await lockShowing(tx, person.id, badge)
      await setAcceptance(tx, badge, acceptance)
      await audit(tx, badge, { actor: person.email, action: acceptance })
    })
  }

  /** Imported badges only: what was earned here is the issuer's to take back. */
  async function remove(person: Person, id: string): Promise<void> {
    await inTransaction(db, async (tx) => {
      const badge = await badgeOr404(tx, person.id, id)
      if (badge.origin === 'earned') {
        const remedy = 'Hide it, and it is not on your wall any more.'
        throw new AppError('conflict', `"${badge.name}" was earned here and stays. ${remedy}`)
      }
      const name = await deleteEntry(tx, person.id, id)
      if (name === undefined) throw noBadge(id)
      await audit(tx, badge, { actor: person.email, action: 'remove', before: { name } })
    })
  }

  return {
    update,
    remove,
    accept: (person: Person, id: string) => decide(person, id, 'accepted'),
    reject: (person: Person, id: string) => decide(person, id, 'rejected'),
    seen: (userId: string) => markSeen(db, userId, now().toISOString()),
  }
}

export async function badgeOr404(db: Db, userId: string, id: string): Promise<BadgeRow> {
  const badge = await findBadge(db, userId, id)
  if (badge !== undefined) return badge
  throw noBadge(id)
}

function noBadge(id: string): AppError {
  return new AppError('badge-not-found', `There is no badge ${id} in your backpack.`)
}

function withoutGaps(change: ShowingChange): Partial<Showing> {
  const { visibility, showsName, isHidden } = change
  return {
    ...(visibility !== undefined && { visibility }),
    ...(showsName !== undefined && { showsName }),
    ...(isHidden !== undefined && { isHidden }),
  }
}

type Entry = Omit<Parameters<typeof recordAudit>[1], 'subject' | 'organizationId'>

const auditAward = createAuditOf('award')

// An award belongs to the organization that gave it; what a learner brought belongs to none.
async function audit(tx: Tx, { origin, id }: BadgeRow, entry: Entry): Promise<void> {
  if (origin === 'earned') return await auditAward(tx, id, entry)
  const action = `backpack-entry.${entry.action}`
  await recordAudit(tx, { ...entry, action, subject: `backpack-entry/${id}`, organizationId: null })
}
