import { randomInt } from 'node:crypto'
import {
  buildStatusListCredential,
  createStatusBits,
  encodeStatusList,
  type StatusEntry,
  setStatus,
  signDocument,
  statusEntry,
} from '@rosette/open-badges'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { toSeconds } from '../../http/badge-text.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { findIssuer, type Issuers } from '../issuers/issuers.js'
import {
  findCurrentList,
  findEntry,
  findList,
  type ListOwner,
  lockList,
  raiseVersions,
  raiseVersionsOf,
  revokedIndexes,
  type StatusListRow,
  startList,
  storeSignedList,
  takeEntry,
} from './status-list-repository.js'

/** How often an entry is guessed before a list counts as full; at this rate lists end three quarters full. */
const guesses = 16
const day = 24 * 60 * 60 * 1000
/** How long a reader may keep a list, in milliseconds: the longest a revocation stays unseen. */
const timeToLive = 5 * 60 * 1000
/** A list begins a little before it is signed: whoever asked for it may look at a slower clock. */
const clockTolerance = 60 * 1000

export type StatusListDeps = {
  readonly db: Db
  readonly urls: PublicUrls
  readonly issuers: Issuers
  readonly now: () => Date
  /**
   * Milliseconds for which a list that has just been signed is served though it has changed since: while
   * thousands revoke, it is signed once in that time and not for each of them.
   */
  readonly listsFreshFor?: number
  /** Any whole number from 0 to below the size. */
  readonly randomIndex?: (size: number) => number
}

/** The lists in which everybody can look up whether a badge was taken back. */
export function createStatusLists(deps: StatusListDeps) {
  const { db, urls, issuers, now, listsFreshFor = 0 } = deps
  const { randomIndex = (size) => randomInt(size) } = deps

  /** Gives the award an entry at random, so that neighbours in a list say nothing about each other. */
  async function assign(tx: Tx, owner: ListOwner, awardId: string): Promise<StatusEntry> {
    const entry = await findEntry(tx, awardId)
    // Issued again, a badge keeps its entry: whoever looks there must find what became of it.
    if (entry !== undefined) return toEntry(entry.list_id, entry.index)
    let list = (await findCurrentList(tx, owner)) ?? (await startList(tx, owner, undefined))
    for (;;) {
      const index = await guessEntry(tx, list, awardId)
      if (index !== undefined) return toEntry(list.id, index)
      list = await startList(tx, owner, list)
    }
  }

  function toEntry(listId: string, index: number): StatusEntry {
    return statusEntry({ listUrl: urls.statusList(listId), index, purpose: 'revocation' })
  }

  async function guessEntry(tx: Tx, list: StatusListRow, awardId: string) {
    for (let guess = 0; guess < guesses; guess += 1) {
      const index = randomIndex(list.size)
      if (await takeEntry(tx, { listId: list.id, index, awardId })) return index
    }
    return undefined
  }

  /** The signed list as it must be served now, or undefined when there is none. */
  async function signedText(listId: string): Promise<string | undefined> {
    const list = await findList(db, listId)
    if (list === undefined) return undefined
    return freshText(list) ?? (await inTransaction(db, (tx) => signAgain(tx, listId)))
  }

  // Requests that find the list out of date at once wait for the first, and take what it has signed.
  async function signAgain(tx: Tx, listId: string): Promise<string | undefined> {
    const list = await lockList(tx, listId)
    const issuer = list && (await findIssuer(tx, list.issuer_id))
    if (list === undefined || issuer === undefined) return undefined
    const fresh = freshText(list)
    if (fresh !== undefined) return fresh
    const signing = await issuers.signingIssuer(tx, { ...issuer, identifier: list.identifier })
    const at = now().toISOString()
    const credential = buildStatusListCredential({
      id: urls.statusList(list.id),
      issuer: signing.id,
      statusPurpose: 'revocation',
      encodedList: encodeStatusList(await bitsOf(tx, list)),
      validFrom: toSeconds(new Date(now().getTime() - clockTolerance).toISOString()),
      ttl: timeToLive,
    })
    const { key, verificationMethod } = signing
    const signed = await signDocument(credential, {
      key,
      verificationMethod,
      created: toSeconds(at),
    })
    const text = JSON.stringify(signed)
    await storeSignedList(tx, list, { text, at })
    return text
  }

  function freshText(list: StatusListRow): string | undefined {
    if (list.signed_text === null || list.signed_at === null) return undefined
    const age = now().getTime() - Date.parse(list.signed_at)
    const isCurrent = list.signed_version >= list.version && age < day
    // Another machine's clock may be ahead; its future is no reason to wait for.
    const isJustSigned = age >= 0 && age < listsFreshFor
    return isCurrent || isJustSigned ? list.signed_text : undefined
  }

  async function bitsOf(tx: Tx, list: StatusListRow): Promise<Uint8Array> {
    const bits = createStatusBits(list.size)
    for (const index of await revokedIndexes(tx, list.id)) setStatus(bits, index, 1)
    return bits
  }

  return { assign, signedText, raiseVersions, raiseVersionsOf }
}
