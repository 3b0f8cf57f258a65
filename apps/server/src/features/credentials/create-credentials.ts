import { randomBytes } from 'node:crypto'
import { buildCredential, signCredential } from '@rosette/open-badges'
import type { Tx } from '../../db/database.js'
import { toSeconds } from '../../http/badge-text.js'
import { findAwardFacts } from './award-facts.js'
import { countSignedBy, findCredential } from './credential-repository.js'
import { createSignedForms } from './signed-forms.js'
import { createStatusLists, type StatusListDeps } from './status-lists.js'
import { toCredentialInput } from './to-credential-input.js'

/** Our own Open Badges: signed once, kept as the exact text, taken back through status lists. */
export function createCredentials(deps: StatusListDeps) {
  const { urls, issuers, now } = deps
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
    const issuer = { id: facts.issuerId, identifier: facts.identifier, name: facts.issuerName }
    const salt = randomBytes(16).toString('hex')
    const owner = { issuer_id: facts.issuerId, identifier: facts.identifier }
    // Before the key: a new list locks the issuer, as does whoever takes the key out of use.
    const status = await statusLists.assign(tx, owner, awardId)
    const { id: issuerId, kid, key, verificationMethod } = await issuers.holdSigner(tx, issuer)
    const badge = buildCredential(toCredentialInput(facts, { urls, issuerId, salt, status }))
    const created = toSeconds(now().toISOString())
    const signed = await signCredential(badge, { key, verificationMethod, created })
    await tx
      .insertInto('credential')
      .values({
        award_id: awardId,
        issuer_key_kid: kid,
        salt,
        signed_text: JSON.stringify(signed),
        created_at: now().toISOString(),
      })
      .execute()
    return 'signed'
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
    revoked,
    keyRevoked,
    ...forms,
    find: findCredential,
    statusList: statusLists.signedText,
  }
}

export type Credentials = ReturnType<typeof createCredentials>
