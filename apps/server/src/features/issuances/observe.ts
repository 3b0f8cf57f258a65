import type { ProviderBadge } from '@rosette/providers'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import type { Notices } from '../notices/notices.js'
import { findAccount, subjectOf } from '../provider-accounts/provider-accounts.js'
import {
  countEndedThere,
  findIssuanceOf,
  type IssuanceRow,
  lockIssuanceById,
  updateIssuance,
} from './issuance-repository.js'

type Deps = { readonly db: Db; readonly notices: Notices; readonly now: () => Date }

/** What was read of a badge at its provider; undefined when it is gone from there. */
type Observation = {
  readonly accountId: string
  readonly badgeId: string
  readonly badge: ProviderBadge | undefined
  /** How we came to know, for the history: "Credly announced it". */
  readonly source: string
}

/** Keeps our side true to what became of a badge at its provider. */
export function createObserver({ db, notices, now }: Deps) {
  async function observe({ accountId, badgeId, badge, source }: Observation) {
    return await inTransaction(db, async (tx) => {
      const found = await findIssuanceOf(tx, accountId, badgeId)
      if (found === undefined) return 'not-ours' as const
      const issuance = await lockIssuanceById(tx, found.id)
      const state = badge?.state ?? 'deleted'
      // Only what rests is judged: a try under way writes down what it finds itself.
      const endedThere = issuance.state === 'issued' && (await hasEndedEarly(tx, issuance, badge))
      const changed = issuance.external_state !== state || endedThere
      await write(tx, issuance, {
        state,
        url: badge?.url ?? null,
        endedThere,
        note: changed ? `${source}: ${state}.` : issuance.note,
      })
      if (endedThere) await tell(tx, issuance, state)
      return changed ? ('applied' as const) : ('unchanged' as const)
    })
  }

  /** Whether somebody ended it there, other than by the end that the badge always had. */
  async function hasEndedEarly(
    tx: Tx,
    issuance: IssuanceRow,
    badge: ProviderBadge | undefined,
  ): Promise<boolean> {
    if (badge === undefined) return true
    if (badge.standing !== 'ended') return false
    if (badge.state !== 'expired') return true
    const account = await findAccount(tx, issuance.account_id ?? '')
    // Where there is no other way to revoke, an end that the award does not have is a revocation.
    if (account?.provider !== 'accredible') return false
    const award = tx.selectFrom('award').select('expires_at').where('id', '=', issuance.award_id)
    const { expires_at: end } = await award.executeTakeFirstOrThrow()
    return end === null || Date.parse(end) > now().getTime()
  }

  async function write(
    tx: Tx,
    { id }: IssuanceRow,
    seen: {
      readonly state: string
      readonly url: string | null
      readonly endedThere: boolean
      readonly note: string | null
    },
  ): Promise<void> {
    const at = now().toISOString()
    const ended = {
      state: 'revoked' as const,
      revoked_at: at,
      reason: 'ended-there',
      remedy: 'Revoke the award here as well, or retry, which issues the badge anew.',
    }
    await updateIssuance(tx, id, {
      external_state: seen.state,
      checked_at: at,
      updated_at: at,
      note: seen.note,
      ...(seen.url === null ? {} : { external_url: seen.url }),
      ...(seen.endedThere ? ended : {}),
    })
  }

  async function tell(tx: Tx, issuance: IssuanceRow, state: string): Promise<void> {
    const account = await findAccount(tx, issuance.account_id ?? '')
    if (account === undefined) return
    await notices.open(tx, {
      kind: 'badge-ended-there',
      subject: subjectOf(account.id),
      organizationId: account.organization_id,
      detail: {
        account: account.name,
        provider: account.provider,
        state,
        issuanceId: issuance.id,
        count: await countEndedThere(tx, account.id),
      },
    })
  }

  return observe
}
