import { generateKeyPair as generatePairBack } from 'node:crypto'
import { promisify } from 'node:util'
import {
  generateKeyPair,
  generateSigningKey,
  type KeyPair,
  parseKeyPair,
  parseSigningKey,
  type SigningKey,
  thumbprint,
} from '@rosette/open-badges'
import type { Db, Tx } from '../../db/database.js'
import type { KeyAlgorithm } from '../../db/schema.js'
import { seal, unseal } from '../../db/sealed.js'
import { AppError } from '../../http/app-error.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { issuerIdentity, verificationMethod } from './issuer-documents.js'
import {
  findKey,
  findSigningKey,
  holdSigningKey,
  type IssuerKeyRow,
  type IssuerRow,
  insertKey,
  lockIssuer,
  markKeyRevoked,
  retireKeys,
} from './issuer-repository.js'
import { keyName } from './sealed-key-repository.js'

const generatePair = promisify(generatePairBack)

/** Who signs, ready to sign: the id that badges carry, the key, and where it is published. */
export type SigningIssuer<Key = KeyPair | SigningKey> = {
  readonly id: string
  readonly kid: string
  readonly key: Key
  readonly verificationMethod: string
}

/** The issuer has no key in use: trying again does not help, a person has to make one. */
export class NoSigningKey extends Error {}

export type KeyDeps = {
  readonly urls: PublicUrls
  /** 32 bytes; whoever has them and the database can sign for every issuer. */
  readonly masterKey: Buffer
  readonly now: () => Date
}

type Named = Pick<IssuerRow, 'id' | 'identifier' | 'name'>

/** The keys of issuers. One is named by its public half, or by the thumbprint of that. */
export function createKeys({ urls, masterKey, now }: KeyDeps) {
  const opened = new Map<string, KeyPair>()
  const openedJwks = new Map<string, SigningKey>()

  async function add(tx: Tx, issuerId: string, algorithm: KeyAlgorithm): Promise<string> {
    const { kid, publicJwk, secret } = await newKey(algorithm)
    await insertKey(tx, {
      kid,
      issuer_id: issuerId,
      algorithm,
      public_jwk: publicJwk === null ? null : JSON.stringify(publicJwk),
      sealed_secret: seal(secret, keyName(kid), masterKey),
      created_at: now().toISOString(),
    })
    return kid
  }

  /** Puts a new key into use. The old one stays published, so that what it signed keeps verifying. */
  async function rotate(
    tx: Tx,
    issuerId: string,
    algorithm: KeyAlgorithm = 'Ed25519',
  ): Promise<{ readonly kid: string }> {
    await issuerOr404(tx, issuerId)
    await retireKeys(tx, { issuerId, algorithm, at: now().toISOString() })
    return { kid: await add(tx, issuerId, algorithm) }
  }

  /** Declares a key stolen; one that was in use is followed by another. */
  async function revoke(
    tx: Tx,
    given: { readonly issuerId: string; readonly kid: string; readonly reason: string },
  ): Promise<void> {
    const { issuerId, kid, reason } = given
    await issuerOr404(tx, issuerId)
    const key = await findKey(tx, kid)
    if (key === undefined || key.issuer_id !== issuerId) {
      throw new AppError('key-not-found', `The issuer has no key ${kid}.`)
    }
    if (key.revoked_at !== null) {
      throw new AppError('key-revoked', `This key was revoked at ${key.revoked_at}.`)
    }
    await markKeyRevoked(tx, { kid, reason, at: now().toISOString() })
    if (key.retired_at === null) await add(tx, issuerId, key.algorithm)
  }

  /** The issuer with its key in use, unsealed; throws `NoSigningKey` when there is none. */
  async function signingIssuer(db: Db, issuer: Named): Promise<SigningIssuer<KeyPair>> {
    const key = await findSigningKey(db, { issuerId: issuer.id, algorithm: 'Ed25519' })
    if (key === undefined) throw noSigningKey(issuer)
    return toSigner(issuer, key, openPair(key))
  }

  /** As `signingIssuer`; the key stays in use until the transaction ends. */
  async function holdSigner(tx: Tx, issuer: Named): Promise<SigningIssuer<KeyPair>> {
    const which = { issuerId: issuer.id, algorithm: 'Ed25519' as const }
    // Whoever has just taken the key out of use has put another in its place: look again.
    const key = (await holdSigningKey(tx, which)) ?? (await holdSigningKey(tx, which))
    if (key === undefined) throw noSigningKey(issuer)
    return toSigner(issuer, key, openPair(key))
  }

  /** The same with a key for a form that is signed on demand, made when it is first needed. */
  async function holdFormSigner(
    tx: Tx,
    issuer: Named,
    algorithm: 'P-256' | 'RSA',
  ): Promise<SigningIssuer<SigningKey>> {
    const which = { issuerId: issuer.id, algorithm }
    let key = await holdSigningKey(tx, which)
    if (key === undefined) {
      // Two first uses at once wait here for each other; the second finds the key of the first.
      await lockIssuer(tx, issuer.id)
      key = await holdSigningKey(tx, which)
      if (key === undefined) key = await findKey(tx, await add(tx, issuer.id, algorithm))
    }
    if (key === undefined) throw noSigningKey(issuer)
    return toSigner(issuer, key, openJwk(key))
  }

  function toSigner<Key>(issuer: Named, { kid }: IssuerKeyRow, key: Key): SigningIssuer<Key> {
    const id = issuerIdentity(urls, issuer)
    return { id, kid, key, verificationMethod: verificationMethod(urls, issuer, kid) }
  }

  function openPair({ kid, sealed_secret: sealed }: IssuerKeyRow): KeyPair {
    const known = opened.get(kid)
    if (known !== undefined) return known
    const secretKeyMultibase = unseal(sealed, keyName(kid), masterKey)
    const pair = parseKeyPair({ publicKeyMultibase: kid, secretKeyMultibase })
    opened.set(kid, pair)
    return pair
  }

  function openJwk(row: IssuerKeyRow): SigningKey {
    const { kid, algorithm, public_jwk: publicJwk } = row
    const known = openedJwks.get(kid)
    if (known !== undefined) return known
    const privateJwk: unknown = JSON.parse(unseal(row.sealed_secret, keyName(kid), masterKey))
    const key = parseSigningKey({ algorithm, publicJwk, privateJwk })
    openedJwks.set(kid, key)
    return key
  }

  return { add, rotate, revoke, signingIssuer, holdSigner, holdFormSigner }
}

/** A new key: its name, its public half where the name does not say it, and what is to be sealed. */
async function newKey(algorithm: KeyAlgorithm) {
  if (algorithm === 'Ed25519') {
    const { publicKeyMultibase: kid, secretKeyMultibase: secret } = generateKeyPair()
    return { kid, publicJwk: null, secret }
  }
  const { publicJwk, privateJwk } =
    algorithm === 'RSA' ? await generateRsaKey() : generateSigningKey(algorithm)
  return { kid: thumbprint(publicJwk), publicJwk, secret: JSON.stringify(privateJwk) }
}

// On another thread: the primes take a fifth of a second, in which nobody else would be answered.
async function generateRsaKey(): Promise<SigningKey> {
  const { publicKey, privateKey } = await generatePair('rsa', { modulusLength: 2048 })
  const publicJwk = publicKey.export({ format: 'jwk' })
  const privateJwk = privateKey.export({ format: 'jwk' })
  return parseSigningKey({ algorithm: 'RSA', publicJwk, privateJwk })
}

async function issuerOr404(tx: Tx, issuerId: string): Promise<void> {
  if ((await lockIssuer(tx, issuerId)) !== undefined) return
  throw new AppError('issuer-not-found', 'There is no such issuer.')
}

function noSigningKey({ name }: Named): NoSigningKey {
  return new NoSigningKey(`The issuer "${name}" has no signing key. Make a new key for it.`)
}
