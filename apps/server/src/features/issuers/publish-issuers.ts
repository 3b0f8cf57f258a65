import { didWeb } from '@rosette/open-badges'
import type { Db } from '../../db/database.js'
import type { PublicUrls } from '../../http/public-urls.js'
import {
  issuerNames,
  toAssertionKey,
  toControllerDocument,
  toDidDocument,
  toHostKeys,
  toKeyDocument,
} from './issuer-documents.js'
import {
  findHostKeys,
  findIssuer,
  findKey,
  findKeys,
  findOldestIssuer,
} from './issuer-repository.js'

/** The list of the host is for whoever finds no other; issuers list all their own keys themselves. */
const maxHostKeys = 500

/** What is published of issuers and keys; undefined where there is nothing. */
export function createIssuerDocuments(urls: PublicUrls) {
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

  async function hostKeys(db: Db) {
    return toHostKeys(urls, await findHostKeys(db, maxHostKeys))
  }

  async function key(db: Db, kid: string) {
    const found = await findKey(db, kid)
    return found === undefined ? undefined : toKeyDocument(urls, found)
  }

  async function assertionKey(db: Db, kid: string) {
    const found = await findKey(db, kid)
    return found === undefined ? undefined : toAssertionKey(urls, found)
  }

  return { controller, did, hostDid, hostKeys, key, assertionKey }
}
