import { signCredentialJwt, signDocument } from '@rosette/open-badges'
import { z } from 'zod'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { toSeconds } from '../../http/badge-text.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { findIssuer, type Issuers } from '../issuers/issuers.js'
import { findSigner, isRevoked, lockCredential } from './credential-repository.js'

type Deps = {
  readonly db: Db
  readonly urls: PublicUrls
  readonly issuers: Issuers
  readonly now: () => Date
}

/** For whom, as the DID of a key, and in which form. */
export type ForHolder = { readonly holder: string; readonly form: 'json' | 'jwt' }

/**
 * Makes what signs copies of badges for those who hold a key, such as a wallet. A copy says what the badge
 * says, with the same id and the same place in the status list, and names the key beside the learner. It
 * is not kept. Undefined for an award without a badge, and for one that was taken back.
 */
export function createHolderCopies({ db, urls, issuers, now }: Deps) {
  async function sign(tx: Tx, awardId: string, { holder, form }: ForHolder) {
    const credential = await lockCredential(tx, awardId)
    if (credential === undefined || (await isRevoked(tx, awardId))) return undefined
    const issuer = await findIssuer(tx, await findSigner(tx, credential.issuer_key_kid))
    if (issuer === undefined) return undefined
    const badge = parseBadge(credential.signed_text)
    const copy = boundTo(holder, badge)
    const created = toSeconds(now().toISOString())
    if (form === 'jwt') {
      const { key, kid } = await issuers.holdFormSigner(tx, issuer, 'P-256')
      return signCredentialJwt(copy, { key, verificationMethod: urls.key(kid), created })
    }
    const identifier: 'did:web' | 'url' = badge.issuer.id.startsWith('did:') ? 'did:web' : 'url'
    const { key, verificationMethod } = await issuers.holdSigner(tx, { ...issuer, identifier })
    return JSON.stringify(await signDocument(copy, { key, verificationMethod, created }))
  }

  return (awardId: string, given: ForHolder): Promise<string | undefined> =>
    inTransaction(db, (tx) => sign(tx, awardId, given))
}

// What is newer at the address for that is bound to nobody's key.
function boundTo(holder: string, badge: ReturnType<typeof parseBadge>) {
  const { proof: _signature, refreshService: _newer, ...rest } = badge
  const { id: _other, ...subject } = badge.credentialSubject
  return { ...rest, credentialSubject: { id: holder, ...subject } }
}

const signedBadge = z.looseObject({
  issuer: z.looseObject({ id: z.string() }),
  credentialSubject: z.looseObject({ id: z.unknown().optional() }),
  proof: z.unknown().optional(),
  refreshService: z.unknown().optional(),
})

function parseBadge(signedText: string) {
  return signedBadge.parse(JSON.parse(signedText))
}
