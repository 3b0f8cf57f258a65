import { parseEventTime } from '@rosette/engine'
import type { ProviderTemplate } from '@rosette/providers'
import type { Tx } from '../../db/database.js'
import type { SyncSummaryJson } from '../../db/schema.js'
import type { AccountRow } from '../provider-accounts/provider-accounts.js'
import { raiseRuleVersion } from '../templates/templates.js'
import { createFollowing } from './follow-provider.js'
import { planSync } from './plan-sync.js'
import {
  findKnown,
  lockBound,
  markRead,
  markVanished,
  storeRead,
} from './provider-template-repository.js'
import type { SyncDeps } from './sync-deps.js'

/** What an account's provider answered, and when it was asked. */
export type Answer = {
  readonly account: AccountRow
  readonly readAt: string
  readonly seen: readonly ProviderTemplate[]
  /** Which template was asked for; all of them when it is left out. */
  readonly externalId?: string
}

/**
 * Makes our side agree with what was read. The account must be locked. Of two readings that meet, the
 * one that began later counts, template by template, whichever is stored first.
 */
export async function applyReading(
  tx: Tx,
  { account, readAt, seen, externalId }: Answer,
  deps: SyncDeps,
): Promise<SyncSummaryJson> {
  const all = await findKnown(tx, account.id, externalId)
  const newer = new Set(all.filter((t) => isAfter(t.synced_at, readAt)).map((t) => t.external_id))
  const known = all.filter((t) => !newer.has(t.external_id))
  const read = seen.filter((t) => !newer.has(t.id)).map(toStorable)
  const plan = planSync(known, read)

  await storeRead(tx, { accountId: account.id, readAt }, plan.store)
  await markVanished(tx, plan.vanished)
  const ids = known.map(({ id }) => id)
  await markRead(tx, ids, readAt)

  const there = new Map((await findKnown(tx, account.id, externalId)).map((t) => [t.id, t]))
  const bound = await lockBound(tx, account.id, externalId)
  const follow = createFollowing(tx, account, deps)
  let changesRules = false
  for (const one of bound) {
    const provided = there.get(one.providerTemplateId ?? '')
    if (provided !== undefined && (await follow.settle(one, provided))) changesRules = true
  }
  const taken = new Set(bound.map(({ providerTemplateId }) => providerTemplateId))
  for (const one of there.values()) {
    if (plan.opened.has(one.external_id) && !taken.has(one.id)) await follow.createDraft(one)
  }
  if (changesRules) await raiseRuleVersion(tx)
  return plan.summary
}

function isAfter(a: string, b: string): boolean {
  return (parseEventTime(a) ?? 0) > (parseEventTime(b) ?? 0)
}

// PostgreSQL stores no NUL character, no half of one and no date that is none; one such text must not
// stop a sync.
function toStorable(template: ProviderTemplate): ProviderTemplate {
  const plain = (text: string) => text.replace(/[\0\p{Cs}]/gu, '')
  const { name, description, skills, updatedAt } = template
  const isTime = updatedAt !== null && !Number.isNaN(Date.parse(updatedAt))
  return {
    ...template,
    name: plain(name),
    description: plain(description),
    skills: skills.map(plain),
    updatedAt: isTime ? new Date(updatedAt).toISOString() : null,
  }
}
