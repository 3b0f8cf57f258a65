/// <reference path="../../src/json-ld/untyped.d.ts" />
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import * as multikey from '@digitalbazaar/ed25519-multikey'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import * as vc from '@digitalbazaar/vc'
import { documentLoader } from '../../src/index.js'
import { created, issuer, key, method, now, world } from './badges.js'

const documentLoaderOfWorld = async (url: string) => {
  const document = world[url]
  return document === undefined
    ? await documentLoader(url)
    : { contextUrl: null, documentUrl: url, document }
}

/** The reference implementation, with its contexts in memory. */
export async function createReference() {
  const pair = await multikey.from({ id: method, type: 'Multikey', controller: issuer, ...key })
  return {
    async issue(credential: object): Promise<object> {
      const suite = new DataIntegrityProof({ signer: pair.signer(), date: created, cryptosuite })
      // It writes the proof into what it is given.
      const copy = structuredClone(credential)
      return await vc.issue({ credential: copy, suite, documentLoader: documentLoaderOfWorld })
    },
    async verify(credential: object): Promise<void> {
      const suite = new DataIntegrityProof({ cryptosuite })
      const options = { credential, suite, documentLoader: documentLoaderOfWorld, now }
      const { verified } = Object(await vc.verifyCredential(options))
      if (verified !== true) throw new Error('The reference implementation refuses the badge.')
    },
  }
}
