import { randomBytes } from 'node:crypto'
import { buildCredential, signCredential } from '@rosette/open-badges'
import { z } from 'zod'
import type { Tx } from '../../db/database.js'
import { toSeconds } from '../../http/badge-text.js'
import { findEndorsementsOf } from '../endorsements/endorsements.js'
import { type AwardFacts, findAwardFacts } from './award-facts.js'
import {
  countSignedBy,
  findCredential,
  findSigner,
  isRevoked,
  lockCredential,
  replaceCredential,
} from './credential-repository.js'
import { endorsementsIn } from './endorsements-in.js'
import { createHolderCopies } from './holder-copies.js'
import { createReissuing, type Reissued } from './reissue-badges.js'
import { createSignedForms } from './signed-forms.js'
import { createStatusLists, type StatusListDeps } from './status-lists.js'
import { toCredentialInput } from './to-credential-input.js'

/** Our own Open Badges: signed once, kept as the exact text, taken back through status lists. */
export function createCredentials(deps: StatusListDeps) {
  const { db, urls, issuers, now } = deps
  const statusLists = createStatusLists(deps)
  const forms = createSignedForms(deps)

  /**
   * Signs the badge of an award and stores its text. The caller holds the lock on the award's
   * issuance; a second caller finds the badge there. An award that was revoked meanwhile gets no badge.
   */
  async function sign(tx: Tx, awardId: string): Promise<'signed' | 'revoked'> {
    const facts = await findAwardFacts(tx, awardId)
    if (facts === undefined || facts.status === 'revoked') return 'revoked'
    if ((await findCredential(tx, awardId)) !== undefined) return 'signed'
    const salt = randomBytes(16).toString('hex')
    const validFrom = toSeconds(facts.awardedAt)
    const { kid, text } = await signText(tx, facts, { salt, validFrom })
    await tx
      .insertInto('credential')
      .values({
        award_id: awardId,
        issuer_key_kid: kid,
        salt,
        signed_text: text,
        created_at: now().toISOString(),
      })
      .execute()
    return 'signed'
  }

  /**
   * Signs the badge anew, with what is current. It stays the same badge: its id, the name of its issuer
   * and its place in the status list are those of the text that it replaces, and it begins later.
   */
  async function reissue(tx: Tx, awardId: string): Promise<Reissued> {
    const credential = await lockCredential(tx, awardId)
    if (credential === undefined) return 'not-signed'
    if (await isRevoked(tx, awardId)) return 'revoked'
    const old = parseBadge(credential.signed_text)
    const signedBy = await findSigner(tx, credential.issuer_key_kid)
    const facts = await findAwardFacts(tx, awardId, signedBy)
    if (facts === undefined) return 'not-signed'
    const identifier = old.issuer.id.startsWith('did:') ? 'did:web' : 'url'
    const validFrom = laterThan(old.validFrom, now())
    if (facts.expiresAt !== null && Date.parse(facts.expiresAt) <= Date.parse(validFrom)) {
      return 'expired'
    }
    const { salt } = credential
    const { kid, text } = await signText(tx, { ...facts, identifier }, { salt, validFrom })
    await replaceCredential(tx, awardId, { kid, text, at: now().toISOString() })
    return 'reissued'
  }

  async function signText(
    tx: Tx,
    facts: AwardFacts,
    { salt, validFrom }: { readonly salt: string; readonly validFrom: string },
  ) {
    const issuer = { id: facts.issuerId, identifier: facts.identifier, name: facts.issuerName }
    const owner = { issuer_id: facts.issuerId, identifier: facts.identifier }
    // Before the key: a new list locks the issuer, as does whoever takes the key out of use.
    const status = await statusLists.assign(tx, owner, facts.awardId)
    const { id: issuerId, kid, key, verificationMethod } = await issuers.holdSigner(tx, issuer)
    const at = now().toISOString()
    const { templateId } = facts
    const endorsements = endorsementsIn(
      await findEndorsementsOf(tx, { templateId, issuerId: facts.issuerId, at }),
    )
    const given = { urls, issuerId, salt, status, validFrom, endorsements }
    const badge = buildCredential(toCredentialInput(facts, given))
    const signed = await signCredential(badge, { key, verificationMethod, created: toSeconds(at) })
    return { kid, text: JSON.stringify(signed) }
  }

  /** Makes every list that names these awards out of date, in the transaction that revokes them. */
  async function revoked(tx: Tx, awardIds: readonly string[]): Promise<void> {
    await statusLists.raiseVersions(tx, awardIds)
  }

  /** Has every list of the issuer signed anew, and answers how many badges in force the key had signed. */
  async function keyRevoked(
    tx: Tx,
    { issuerId, kid }: { readonly issuerId: string; readonly kid: string },
  ): Promise<number> {
    await statusLists.raiseVersionsOf(tx, issuerId)
    return await countSignedBy(tx, kid)
  }

  return {
    sign,
    reissuing: createReissuing({ db, reissue, now }),
    revoked,
    keyRevoked,
    ...forms,
    signFor: createHolderCopies(deps),
    find: findCredential,
    statusList: statusLists.signedText,
  }
}

export type Credentials = ReturnType<typeof createCredentials>

const badgeText = z.object({ issuer: z.object({ id: z.string() }), validFrom: z.string() })

function parseBadge(signedText: string) {
  return badgeText.parse(JSON.parse(signedText))
}

// In whole seconds: issued again within the same one, it begins with the next.
function laterThan(earlier: string, now: Date): string {
  const next = Math.max(now.getTime(), Date.parse(earlier) + 1000)
  return toSeconds(new Date(next).toISOString())
}
