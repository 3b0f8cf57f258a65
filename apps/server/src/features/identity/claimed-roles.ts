import type { Role } from '@rosette/contract'
import type { Tx } from '../../db/database.js'
import { log } from '../../telemetry/log.js'
import { type UserRow, updateUser } from '../accounts/accounts.js'
import { changesOf, recordAudit } from '../audit/audit.js'
import { deleteMember, insertMember, updateMember } from '../members/members.js'
import type { Person } from './claims.js'
import { findOrganizationIds, listMemberships } from './identity-repository.js'

type Held = { readonly role: Role; readonly claimed_from: string | null }

/**
 * Gives and takes back what the provider says of somebody. What people gave, or another provider,
 * stays as it is; what this one gave goes when it does not say so any more, the last owner's role too.
 */
export async function applyClaims(
  tx: Tx,
  user: UserRow,
  { provider, person }: { readonly provider: string; readonly person: Person },
): Promise<void> {
  await applyAdministrator(tx, user, { provider, person })
  const wanted = await wantedRoles(tx, person)
  const rows = await listMemberships(tx, user.id)
  const held = new Map<string, Held>(rows.map((row) => [row.organization_id, row]))
  for (const organizationId of [...new Set([...held.keys(), ...wanted.keys()])].sort()) {
    const named = { organizationId, userId: user.id }
    const before = held.get(organizationId)
    const role = wanted.get(organizationId)
    if (before !== undefined && before.claimed_from !== provider) continue
    if (before?.role === role) continue
    if (role === undefined) await deleteMember(tx, named)
    else if (before === undefined) await join(tx, named, { role, provider })
    else await updateMember(tx, named, { role, claimed_from: provider })
    await recordAudit(tx, {
      actor: user.email,
      action: 'member.claim',
      subject: `user/${user.id}`,
      organizationId,
      detail: { provider },
      ...changesOf({ role: before?.role ?? null }, { role: role ?? null }),
    })
  }
}

async function join(
  tx: Tx,
  { organizationId, userId }: { readonly organizationId: string; readonly userId: string },
  { role, provider }: { readonly role: Role; readonly provider: string },
): Promise<void> {
  const row = { organization_id: organizationId, user_id: userId, role, claimed_from: provider }
  await insertMember(tx, row)
}

async function applyAdministrator(
  tx: Tx,
  user: UserRow,
  { provider, person }: { readonly provider: string; readonly person: Person },
): Promise<void> {
  const isOurs = user.administrator_from === provider
  if (user.is_administrator && !isOurs) return
  if (user.is_administrator === person.isAdministrator) return
  const after = await updateUser(tx, user.id, {
    is_administrator: person.isAdministrator,
    administrator_from: person.isAdministrator ? provider : null,
  })
  const audit = { action: 'user.claim', subject: `user/${user.id}`, detail: { provider } }
  await recordAudit(tx, { actor: user.email, ...audit, ...changesOf(user, after) })
}

async function wantedRoles(tx: Tx, person: Person): Promise<ReadonlyMap<string, Role>> {
  const ids = await findOrganizationIds(tx, [...person.roles.keys()])
  const wanted = new Map<string, Role>()
  for (const [slug, role] of person.roles) {
    const id = ids.get(slug)
    if (id !== undefined) wanted.set(id, role)
    else log.warn({ organization: slug }, 'a role of ROSETTE_OIDC_PROVIDERS names no organization')
  }
  return wanted
}
