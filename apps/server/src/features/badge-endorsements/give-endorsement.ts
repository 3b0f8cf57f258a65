import { inTransaction, type Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { findUser, hashOfSecret } from '../accounts/accounts.js'
import { recordAudit } from '../audit/audit.js'
import { type EndorsementDeps, isExpired } from './ask-endorsement.js'
import {
  type EndorsementRow,
  findByHash,
  lockEndorsement,
  readerOf,
  updateEndorsement,
} from './badge-endorsement-repository.js'
import { findBadgeOf, pictureOf, publicUrlOf } from './badge-endorsement-views.js'
import { queueNews } from './tell-learner.js'

type Given = {
  readonly secret: string
  readonly decision: 'endorse' | 'refuse'
  readonly name?: string | undefined
  readonly url?: string | undefined
  readonly comment?: string | undefined
}

/** What somebody does who was asked to endorse a badge, with the link that came by mail. */
export function createGiving(deps: EndorsementDeps) {
  const { db, now, urls } = deps

  async function read(secret: string) {
    const row = await findByHash(db, hashOfSecret(secret))
    if (row === undefined) throw unknownLink()
    if (row.state === 'asked' && isExpired(row, now())) throw expired()
    const badge = await findBadgeOf(db, row)
    const learner = await findUser(db, row.user_id)
    if (badge === undefined || learner === undefined) throw unknownLink()
    return {
      state: shownState(row),
      name: row.name,
      message: row.message,
      learnerName: learner.name,
      badge: {
        name: badge.name,
        description: badge.description,
        issuerName: badge.issuerName,
        pictureUrl: urls.local(pictureOf(badge, urls)),
        publicUrl: badge.isPrivate ? null : publicUrlOf(badge, urls),
      },
      askedAt: row.created_at,
      expiresAt: row.expires_at,
      comment: row.comment,
    }
  }

  /** Of two answers at once the second finds the first. */
  async function give(given: Given, actorId: string | null): Promise<void> {
    const found = await findByHash(db, hashOfSecret(given.secret))
    if (found === undefined) throw unknownLink()
    await inTransaction(db, async (tx) => {
      const row = await lockEndorsement(tx, found.id)
      if (row === undefined) throw unknownLink()
      if (row.user_id === actorId) throw ownBadge()
      if (given.decision === 'refuse') await refuse(tx, row)
      else await endorse(tx, row, { given, actorId })
      const detail = { endorsement: row.id, decision: given.decision }
      const audit = { action: 'endorsement.answer', subject: `user/${row.user_id}`, detail }
      await recordAudit(tx, { actor: row.email, ...audit })
    })
  }

  async function endorse(
    tx: Tx,
    row: EndorsementRow,
    { given, actorId }: { readonly given: Given; readonly actorId: string | null },
  ): Promise<void> {
    assertMayEndorse(row, now())
    if (given.comment === undefined) throw noComment()
    await updateEndorsement(tx, row.id, {
      state: 'given',
      name: given.name ?? row.name,
      url: given.url ?? null,
      comment: given.comment,
      endorser_user_id: actorId ?? (await readerOf(tx, row.email)),
      given_at: now().toISOString(),
      settled_at: null,
    })
    if (row.told_at !== null) return
    await queueNews(tx, row.id)
  }

  /** What was said can be taken back at any time, also when it is shown. */
  async function refuse(tx: Tx, row: EndorsementRow): Promise<void> {
    if (row.state === 'withdrawn') throw withdrawn()
    if (row.state === 'declined') return
    const isShown = row.state === 'accepted' || row.state === 'hidden'
    const nothing = { comment: '', signed_text: null, given_at: null }
    const settled_at = now().toISOString()
    const state = isShown ? 'withdrawn' : 'declined'
    await updateEndorsement(tx, row.id, { state, ...nothing, settled_at })
  }

  return { read, give }
}

function shownState(row: EndorsementRow): 'asked' | 'given' | 'closed' {
  return row.state === 'asked' || row.state === 'given' ? row.state : 'closed'
}

function assertMayEndorse(row: EndorsementRow, now: Date): void {
  if (row.state === 'withdrawn') throw withdrawn()
  if (row.state === 'accepted' || row.state === 'hidden') {
    const remedy = 'Take it back if it no longer holds, and let yourself be asked again.'
    throw new AppError('conflict', `What you said was accepted, so it stays as it is. ${remedy}`)
  }
  const isDeclined = row.state === 'declined' && row.given_at !== null
  if (isDeclined) throw new AppError('conflict', 'The learner has declined it.')
  if (isExpired(row, now)) throw expired()
}

function unknownLink(): AppError {
  const remedy = 'Open it from the mail again, or let yourself be asked once more.'
  return new AppError('link-refused', `This link is not, or no longer, one of ours. ${remedy}`)
}

function expired(): AppError {
  const remedy = 'Let the learner ask you again.'
  return new AppError('link-refused', `This link has expired. ${remedy}`)
}

function withdrawn(): AppError {
  return new AppError('conflict', 'This request was withdrawn; there is nothing to do any more.')
}

function ownBadge(): AppError {
  const remedy = 'Sign out, or let the person who was asked open the link.'
  return new AppError('conflict', `You cannot endorse your own badge. ${remedy}`)
}

function noComment(): AppError {
  const faults = [{ path: 'comment', reason: 'Say in a few words what you endorse.' }]
  return new AppError('request-invalid', 'An endorsement needs a few words.', { faults })
}
