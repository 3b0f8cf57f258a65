import { permissionsOf, type Role } from '@rosette/contract'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import type { Actor } from '../../http/actor.js'
import { AppError } from '../../http/app-error.js'
import { assertMayGive } from '../access/access.js'
import { changesOf, recordAudit } from '../audit/audit.js'
import {
  deleteMember,
  lockMember,
  lockOwners,
  type MemberRow,
  updateMember,
} from './member-repository.js'
import { memberNotFound } from './member-views.js'

type Named = { readonly organizationId: string; readonly userId: string }

/** Who does what in an organization. One owner always remains, also when two go at once. */
export function createMembers({ db }: { readonly db: Db }) {
  async function changeRole(named: Named, role: Role, actor: Actor): Promise<void> {
    await inTransaction(db, async (tx) => {
      const before = await lockedMember(tx, named, actor)
      assertMayGive(actor, permissionsOf[role], named.organizationId)
      if (role !== 'owner') await assertNotLastOwner(tx, named)
      // Given by people from now on, so no identity provider takes it back.
      await updateMember(tx, named, { role, claimed_from: null })
      const changes = changesOf({ role: before.role }, { role })
      await audit(tx, named, { action: 'member.update', actor: actor.name, ...changes })
    })
  }

  async function remove(named: Named, actor: Actor): Promise<void> {
    await inTransaction(db, async (tx) => {
      const { role } = await lockedMember(tx, named, actor)
      await assertNotLastOwner(tx, named)
      await deleteMember(tx, named)
      await audit(tx, named, { action: 'member.remove', actor: actor.name, detail: { role } })
    })
  }

  return { changeRole, remove }
}

export type Members = ReturnType<typeof createMembers>

/** Owners are locked first, all in one order; then whoever is meant. */
async function lockedMember(tx: Tx, named: Named, actor: Actor): Promise<MemberRow> {
  await lockOwners(tx, named.organizationId)
  const member = await lockMember(tx, named)
  if (member === undefined) throw memberNotFound(named.userId)
  assertMayGive(actor, permissionsOf[member.role], named.organizationId)
  return member
}

async function assertNotLastOwner(tx: Tx, { organizationId, userId }: Named): Promise<void> {
  const owners = await lockOwners(tx, organizationId)
  if (!owners.includes(userId) || owners.length > 1) return
  const remedy = 'Make somebody else an owner first.'
  throw new AppError('last-owner', `This is the last owner of the organization. ${remedy}`)
}

type Entry = Omit<Parameters<typeof recordAudit>[1], 'subject' | 'organizationId'>

async function audit(tx: Tx, { organizationId, userId }: Named, entry: Entry): Promise<void> {
  await recordAudit(tx, { ...entry, subject: `user/${userId}`, organizationId })
}
