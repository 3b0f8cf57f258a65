import { didWeb, generateKeyPair, type KeyPair, parseKeyPair } from '@rosette/open-badges'
import type { Db, Tx } from '../../db/database.js'
import { seal, unseal } from '../../db/sealed.js'
import { AppError } from '../../http/app-error.js'
import type { PublicUrls } from '../../http/public-urls.js'
import {
  issuerIdentity,
  issuerNames,
  toControllerDocument,
  toDidDocument,
  toKeyDocument,
  verificationMethod,
} from './issuer-documents.js'
import {
  findIssuer,
  findKey,
  findKeys,
  findOldestIssuer,
  findSigningKey,
  type IssuerRow,
  insertIssuer,
  insertKey,
  lockIssuer,
  retireKeys,
} from './issuer-repository.js'
import { keyName } from './sealed-key-repository.js'

export type NewIssuer = {
  readonly organizationId: string
  readonly name: string
  readonly url: string
  readonly email?: string | null
  readonly description?: string | null
  readonly imageId?: string | null
  readonly identifier?: IssuerRow['identifier']
}

/** Who signs, ready to sign: the id that badges carry, the key, and where it is published. */
export type SigningIssuer = {
  readonly id: string
  readonly kid: string
  readonly key: KeyPair
  readonly verificationMethod: string
}

/** The issuer has no key in use: trying again does not help, a person has to make one. */
export class NoSigningKey extends Error {}

type Deps = {
  readonly urls: PublicUrls
  /** 32 bytes; whoever has them and the database can sign for every issuer. */
  readonly masterKey: Buffer
  readonly now: () => Date
}

/** The profiles that sign badges, and their keys. A key is named by its public half. */
export function createIssuers({ urls, masterKey, now }: Deps) {
  const opened = new Map<string, KeyPair>()

  /** Makes an issuer with its first key. */
  async function create(tx: Tx, issuer: NewIssuer): Promise<IssuerRow> {
    const row = await insertIssuer(tx, {
      organization_id: issuer.organizationId,
      name: issuer.name,
      url: issuer.url,
      email: issuer.email ?? null,
      description: issuer.description ?? null,
      image_id: issuer.imageId ?? null,
      identifier: issuer.identifier ?? 'url',
      created_at: now().toISOString(),
    })
    await addKey(tx, row.id)
    return row
  }

  /** Puts a new key into use. The old one stays published, so that what it signed keeps verifying. */
  async function rotateKey(tx: Tx, issuerId: string): Promise<{ readonly kid: string }> {
    if ((await lockIssuer(tx, issuerId)) === undefined) {
      throw new AppError('issuer-not-found', 'There is no such issuer.')
    }
    await retireKeys(tx, { issuerId, at: now().toISOString() })
    return { kid: await addKey(tx, issuerId) }
  }

  async function addKey(tx: Tx, issuerId: string): Promise<string> {
    const { publicKeyMultibase: kid, secretKeyMultibase } = generateKeyPair()
    await insertKey(tx, {
      kid,
      issuer_id: issuerId,
      sealed_secret: seal(secretKeyMultibase, keyName(kid), masterKey),
      created_at: now().toISOString(),
    })
    return kid
  }

  /** The issuer with its key in use, unsealed; throws `NoSigningKey` when there is none. */
  async function signingIssuer(
    db: Db,
    issuer: Pick<IssuerRow, 'id' | 'identifier' | 'name'>,
  ): Promise<SigningIssuer> {
    const row = await findSigningKey(db, issuer.id)
    if (row === undefined) {
      throw new NoSigningKey(
        `The issuer "${issuer.name}" has no signing key. Make a new key for it.`,
      )
    }
    return {
      id: issuerIdentity(urls, issuer),
      kid: row.kid,
      key: openKey(row.kid, row.sealed_secret),
      verificationMethod: verificationMethod(urls, issuer, row.kid),
    }
  }

  function openKey(kid: string, sealed: Buffer): KeyPair {
    const known = opened.get(kid)
    if (known !== undefined) return known
    const secretKeyMultibase = unseal(sealed, keyName(kid), masterKey)
    const pair = parseKeyPair({ publicKeyMultibase: kid, secretKeyMultibase })
    opened.set(kid, pair)
    return pair
  }

  return { create, rotateKey, signingIssuer, documents: createDocuments(urls) }
}

export type Issuers = ReturnType<typeof createIssuers>

/** What is published of issuers and keys; undefined where there is nothing. */
function createDocuments(urls: PublicUrls) {
  async function controller(db: Db, issuerId: string) {
    const issuer = await findIssuer(db, issuerId)
    if (issuer === undefined) return undefined
    return toControllerDocument(urls, issuerId, await findKeys(db, issuerId))
  }

  async function did(db: Db, issuerId: string) {
    const issuer = await findIssuer(db, issuerId)
    if (issuer === undefined) return undefined
    const names = issuerNames(urls, issuerId)
    return toDidDocument(names.did, names.url, await findKeys(db, issuerId))
  }

  /** did:web of the whole host stands for the issuer that was there first. */
  async function hostDid(db: Db) {
    const issuer = await findOldestIssuer(db)
    if (issuer === undefined) return undefined
    const keys = await findKeys(db, issuer.id)
    return toDidDocument(didWeb(urls.start), urls.issuer(issuer.id), keys)
  }

  async function key(db: Db, kid: string) {
    const found = await findKey(db, kid)
    return found === undefined ? undefined : toKeyDocument(urls, found)
  }

  return { controller, did, hostDid, key }
}
