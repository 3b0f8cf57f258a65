import type { Report } from '@rosette/open-badges'
import type { RecipientJson } from '../../db/backpack-schema.js'
import { inTransaction, type Tx } from '../../db/database.js'
import { recordAudit } from '../audit/audit.js'
import { readBadgeText } from './badge-document.js'
import { type EntryFacts, toEntryFacts } from './entry-facts.js'
import {
  type Arrival,
  addressesOf,
  countEntries,
  type EntryRow,
  findEmail,
  insertEntry,
  lockByIdentity,
  replaceEntry,
  wantAgain,
} from './entry-repository.js'
import type { ImportDeps } from './import-deps.js'
import { type Arrived, answerOf, type Imported, refused } from './imported.js'
import { nextCheckAt } from './next-check.js'
import { readPicture, storePicture } from './picture.js'
import { isGivenTo, recipientsOf } from './recipients.js'
import { refusalOf, standingReasonOf, unnamedRefusal, waitingMessage } from './refusals.js'
import { storable } from './storable.js'

type Reading = {
  readonly facts: EntryFacts
  readonly recipients: readonly RecipientJson[]
  /** Whether it was given to an address that is proven to be the person's. */
  readonly isOwn: boolean
}
type Read = Arrived & Reading

/** Imported badges of one person; awards of ours do not count. */
const mostEntries = 5000

/** Keeps a badge that was verified, recognises one that is there, or says why neither is done. */
export function createTakeIn({ db, now, random, images }: ImportDeps) {
  return async function takeIn(userId: string, arrived: Arrived): Promise<Imported> {
    const { report, served } = arrived.findings
    const refusal = refusalOf(report)
    // Of what nobody vouches for, nothing is believed: not even that it is known here.
    if (refusal !== undefined && report.verdict !== 'revoked') return refused(refusal, arrived)
    const text = readBadgeText(arrived.prepared.bytes ?? '', served?.bytes)
    if (text === undefined) return refused(unreadable, arrived)
    const recipients = recipientsOf(text.document)
    const facts = toEntryFacts(report, text, recipients)
    const isOwn = isGivenTo(recipients, await addressesOf(db, userId))
    const read = { ...arrived, facts, recipients, isOwn }
    const picture = refusal === undefined ? await readPicture(arrived) : undefined
    return await inTransaction(db, async (tx) => {
      const there = await lockByIdentity(tx, userId, facts.identity)
      if (there !== undefined) return await takeAgain(tx, there, read)
      if (refusal !== undefined) return refused(refusal, arrived)
      return await keep(tx, userId, { ...read, picture })
    })
  }

  async function keep(
    tx: Tx,
    userId: string,
    read: Read & { readonly picture: Buffer | undefined },
  ): Promise<Imported> {
    const { facts, recipients, isOwn, picture } = read
    const unnamed = isOwn ? undefined : unnamedRefusal(recipients)
    if (unnamed !== undefined) return refused(unnamed, read)
    if ((await countEntries(tx, userId)) >= mostEntries) return refused(full, read)
    const entryId = await insertEntry(tx, userId, { facts, arrival: arrivalOf(read) })
    if (entryId === undefined) {
      // Another import of it came first, and has ended: the insertion waited for that.
      const there = await lockByIdentity(tx, userId, facts.identity)
      return there === undefined ? refused(goneMeanwhile, read) : await takeAgain(tx, there, read)
    }
    await storePicture(tx, { entryId, picture, images })
    await audit(tx, userId, { ...read, entryId })
    const message = isOwn ? keptMessage(read) : waitingMessage(recipients)
    return { ...answerOf(read, facts.name), outcome: isOwn ? 'kept' : 'waiting', message, entryId }
  }

  /** A badge that comes in again is wanted again; a newer copy of it takes its place. */
  async function takeAgain(tx: Tx, there: EntryRow, read: Read): Promise<Imported> {
    const { facts, isOwn, findings } = read
    const { verdict } = findings.report
    // A copy that was given to somebody else does not take the place of one's own.
    const mayReplace = isOwn || there.state === 'waiting' || verdict === 'revoked'
    const isReplaced = mayReplace && (verdict !== there.verdict || isNewer(findings.report, there))
    if (isReplaced) await replaceEntry(tx, there.id, { facts, arrival: arrivalOf(read) })
    const state = isOwn || there.state !== 'waiting' ? 'kept' : 'waiting'
    await wantAgain(tx, there.id, { state, at: now().toISOString() })
    await audit(tx, there.user_id, { ...read, entryId: there.id })
    const message =
      verdict === 'revoked' ? revokedMessage(findings.report) : againMessages[`${isReplaced}`]
    const entryId = there.id
    return { ...answerOf(read, there.name), outcome: 'duplicate', message, entryId, isReplaced }
  }

  function arrivalOf({ given, prepared, findings, isOwn }: Read): Arrival {
    const { report, served } = findings
    const { verdict } = report
    const at = now()
    const since = at.toISOString()
    const reason = standingReasonOf(report)
    return {
      content: prepared.bytes ?? Buffer.from(served?.bytes ?? []),
      contentType: (prepared.contentType ?? served?.type ?? 'application/json').slice(0, 200),
      source: given.source,
      sourceUrl: (given.sourceUrl ?? prepared.address)?.slice(0, 4000) ?? null,
      state: isOwn ? 'kept' : 'waiting',
      verdict,
      statusReason: reason === null ? null : storable(reason),
      checkedAt: since,
      nextCheckAt: nextCheckAt({ verdict, since, misses: 0, now: at, random }),
    }
  }
}

async function audit(
  tx: Tx,
  userId: string,
  { entryId, facts, given }: Read & { readonly entryId: string },
): Promise<void> {
  await recordAudit(tx, {
    actor: await findEmail(tx, userId),
    action: 'backpack-entry.import',
    subject: `backpack-entry/${entryId}`,
    organizationId: null,
    detail: { name: facts.name, issuer: facts.issuerName, source: given.source },
  })
}

/** Whether the copy at hand was issued later than the one that is there. */
function isNewer(report: Report, { report: old }: EntryRow): boolean {
  const { badge } = old
  const before = typeof badge === 'object' && badge !== null ? Reflect.get(badge, 'validFrom') : ''
  return Date.parse(report.badge.validFrom ?? '') > Date.parse(String(before))
}

function keptMessage({ facts, findings }: Read): string {
  const reason = standingReasonOf(findings.report)
  const where = `"${facts.name}" is in your backpack.`
  return reason === null ? where : `${where} ${reason}`
}

function revokedMessage(report: Report): string {
  return `This badge is in your backpack already, and its issuer has taken it back since. ${standingReasonOf(report) ?? ''}`.trim()
}

const againMessages = {
  false: 'This badge is in your backpack already.',
  true: 'This badge is in your backpack already; this newer copy took the place of the one before.',
}
const unreadable = {
  code: 'ERR_OB_JSON',
  message:
    'The badge could be verified, but its text could not be read. Give it as its platform hands it out.',
}
const full = {
  code: 'ERR_OB_TOO_LARGE',
  message: `There are ${mostEntries} imported badges in your backpack, and it holds no more. Remove some that you do not need.`,
}
const goneMeanwhile = {
  code: 'ERR_OB_JSON',
  message: 'The badge was removed from your backpack at this very moment. Import it again.',
}
