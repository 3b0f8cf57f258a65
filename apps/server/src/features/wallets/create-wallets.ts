import {
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  randomInt,
  timingSafeEqual,
} from 'node:crypto'
import qrcode from 'qrcode'
import { z } from 'zod'
import { type Db, inTransaction } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { recordAudit } from '../audit/audit.js'
import type { Credentials } from '../credentials/credentials.js'
import { readKeyProof } from './key-proof.js'
import { WalletError } from './wallet-error.js'
import { formOfConfiguration, preAuthorized } from './wallet-metadata.js'
import { createWalletNonces } from './wallet-nonces.js'
import {
  countWrongPin,
  deleteOldOffers,
  exchangeCode,
  findByToken,
  findOffer,
  findOwnAward,
  insertOffer,
  isOwnEntry,
  markIssued,
} from './wallet-repository.js'

type Deps = {
  readonly db: Db
  readonly urls: PublicUrls
  readonly masterKey: Buffer
  readonly now: () => Date
  readonly credentials: Pick<Credentials, 'signFor'>
}

type Person = { readonly id: string; readonly email: string }

const cleanUpTask = 'remove-old-wallet-offers'
const offerSeconds = 600
const tokenSeconds = 600
const pinDigits = 6

/** Hands badges out to wallets: an offer, a token for it, and for the token a copy that is bound to a key. */
export function createWallets(deps: Deps) {
  const { db, urls, masterKey, now } = deps
  const pinKey = Buffer.from(hkdfSync('sha256', masterKey, '', 'rosette wallet pin', 32))
  const nonces = createWalletNonces(deps)
  const after = (seconds: number) => new Date(now().getTime() + seconds * 1000).toISOString()
  const pinHashOf = (code: string, pin: string) =>
    createHmac('sha256', pinKey).update(`${code} ${pin}`).digest()

  /** Offers a badge of one's own; an earlier offer of it that nobody took up is over. */
  async function offer(person: Person, awardId: string) {
    await assertOffered(db, person.id, awardId)
    const code = randomBytes(32).toString('base64url')
    const pin = String(randomInt(10 ** pinDigits)).padStart(pinDigits, '0')
    const expiresAt = after(offerSeconds)
    await inTransaction(db, async (tx) => {
      const hashes = { codeHash: hashOf(code), pinHash: pinHashOf(code, pin) }
      await insertOffer(tx, { userId: person.id, awardId, ...hashes, expiresAt })
      const subject = `award/${awardId}`
      await recordAudit(tx, { actor: person.email, action: 'award.offer-to-wallet', subject })
    })
    // By reference there is much less to be read from a screen.
    const reference = withQuery('credential_offer_uri', `${urls.base}/wallet/offers/${code}`)
    const whole = withQuery('credential_offer', JSON.stringify(toOffer(urls.base, code)))
    const qrCode = await qrcode.toString(reference, { type: 'svg', margin: 2 })
    return { offer: whole, offerByReference: reference, qrCode, code: pin, expiresAt }
  }

  /** The offer behind a reference, which holds the code as well. */
  async function read(code: string) {
    const found = await findOffer(db, hashOf(code), now().toISOString())
    return found === undefined ? undefined : toOffer(urls.base, code)
  }

  /** A token for a code and the number that was shown beside it. */
  async function exchange(asked: unknown) {
    const { 'pre-authorized_code': code, tx_code: pin } = readExchange(asked)
    const found = await findOffer(db, hashOf(code), now().toISOString())
    if (found === undefined) throw noSuchOffer()
    if (!timingSafeEqual(found.pin_hash, pinHashOf(code, pin))) {
      await countWrongPin(db, found.id)
      throw new WalletError('invalid_grant', 'The transaction code is wrong.')
    }
    const token = randomBytes(32).toString('base64url')
    const kept = { hash: hashOf(token), expiresAt: after(tokenSeconds) }
    if (!(await exchangeCode(db, found.id, kept))) throw noSuchOffer()
    return { access_token: token, token_type: 'Bearer', expires_in: tokenSeconds }
  }

  /** A copy of the badge for the key that the wallet proves to have. */
  async function issue(token: string | undefined, asked: unknown) {
    const at = now().toISOString()
    const found = token === undefined ? undefined : await findByToken(db, hashOf(token), at)
    if (found === undefined) throw new WalletError('invalid_token', 'The access token is not good.')
    const { form, proof } = readRequest(asked)
    const { holder, nonce } = readKeyProof(proof, { audience: urls.base, now: now() })
    if (!(await nonces.spend(nonce))) {
      const remedy = 'Ask for a new one at the nonce endpoint.'
      throw new WalletError('invalid_nonce', `The nonce is unknown, old or used. ${remedy}`)
    }
    const text = await deps.credentials.signFor(found.awardId, { holder, form })
    if (text === undefined) {
      throw new WalletError('credential_request_denied', 'The badge was taken back meanwhile.')
    }
    await markIssued(db, found.id, at)
    const credential: unknown = form === 'json' ? JSON.parse(text) : text
    return { credentials: [{ credential }] }
  }

  return {
    offer,
    read,
    exchange,
    issue,
    nonce: nonces.make,
    tasks: { [cleanUpTask]: () => deleteOldOffers(db, now().toISOString()) },
    schedule: [{ task: cleanUpTask, everyMs: 3_600_000 }],
  }
}

export type Wallets = ReturnType<typeof createWallets>

async function assertOffered(db: Db, userId: string, awardId: string): Promise<void> {
  const award = await findOwnAward(db, userId, awardId)
  if (award?.isSigned === true) return
  if (award === undefined && !(await isOwnEntry(db, userId, awardId))) {
    throw new AppError('badge-not-found', 'There is no such badge in your backpack.')
  }
  const why =
    award === undefined
      ? 'This badge was issued elsewhere. Ask its issuer for an offer to wallets.'
      : 'This badge is not signed here, not yet signed, or was taken back.'
  throw new AppError('conflict', why)
}

function toOffer(base: string, code: string) {
  return {
    credential_issuer: base,
    credential_configuration_ids: Object.keys(formOfConfiguration),
    grants: {
      [preAuthorized]: {
        'pre-authorized_code': code,
        tx_code: {
          input_mode: 'numeric',
          length: pinDigits,
          description: 'The number that is shown beside the offer',
        },
      },
    },
  }
}

function withQuery(name: string, value: string): string {
  return `openid-credential-offer://?${name}=${encodeURIComponent(value)}`
}

const exchanging = z.looseObject({
  grant_type: z.string(),
  'pre-authorized_code': z.string().min(1).max(200),
  tx_code: z.string().min(1).max(50),
})

function readExchange(asked: unknown) {
  const parsed = exchanging.safeParse(asked)
  const grant = z.looseObject({ grant_type: z.string() }).safeParse(asked)
  if (grant.success && grant.data.grant_type !== preAuthorized) {
    throw new WalletError('unsupported_grant_type', `Only ${preAuthorized} is taken here.`)
  }
  if (parsed.success) return parsed.data
  const members = 'grant_type, pre-authorized_code and tx_code'
  throw new WalletError('invalid_request', `The request must have ${members}, once each.`)
}

const requesting = z.looseObject({
  credential_configuration_id: z.string().optional(),
  credential_identifier: z.string().optional(),
  proofs: z.strictObject({ jwt: z.array(z.string()).length(1) }).optional(),
})

function readRequest(asked: unknown) {
  const parsed = requesting.safeParse(asked)
  if (!parsed.success) {
    const members = 'credential_configuration_id, and proofs with one jwt'
    throw new WalletError('invalid_credential_request', `The request must have ${members}.`)
  }
  const { credential_configuration_id: id, credential_identifier, proofs, ...rest } = parsed.data
  if (credential_identifier !== undefined) {
    const isAlone = id === undefined
    throw new WalletError(
      isAlone ? 'unknown_credential_identifier' : 'invalid_credential_request',
      'No identifiers are given out here: name a credential_configuration_id.',
    )
  }
  if (id === undefined) {
    throw new WalletError('invalid_credential_request', 'credential_configuration_id is missing.')
  }
  if ('credential_response_encryption' in rest) {
    throw new WalletError('invalid_encryption_parameters', 'Answers are not encrypted here.')
  }
  const form = Object.hasOwn(formOfConfiguration, id) ? formOfConfiguration[id] : undefined
  if (form === undefined) {
    throw new WalletError('unknown_credential_configuration', 'There is no such configuration.')
  }
  const [proof] = proofs?.jwt ?? []
  if (proof === undefined) throw new WalletError('invalid_proof', 'A proof of the key is missing.')
  return { form, proof }
}

function noSuchOffer(): WalletError {
  const remedy = 'Make a new offer in the backpack.'
  return new WalletError('invalid_grant', `The offer is unknown, over or was taken up. ${remedy}`)
}

// 32 random bytes: nothing to guess, so a plain hash keeps it as well as a slow one.
function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
