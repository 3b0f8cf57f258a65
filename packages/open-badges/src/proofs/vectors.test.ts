/// <reference path="../json-ld/untyped.d.ts" />
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import jsonld from 'jsonld'
import rdfCanonize from 'rdf-canonize'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../json/json.js'
import { canonize } from '../json-ld/canonize.js'
import { documentLoader } from '../json-ld/contexts.js'
import { decodeMultibase } from '../keys/base58.js'
import { generateKeyPair } from '../keys/keys.js'
import { publicKeyOf } from '../keys/public-keys.js'
import { signHash } from './data-integrity.js'
import { hashCanonical } from './hash-document.js'
import { suiteOf } from './suites.js'

const data =
  process.env['ROSETTE_SHARED_DATA'] ??
  fileURLToPath(new URL('../../../../../shared/data/', import.meta.url))
const text = (path: string) => readFileSync(`${data}/${path}`, 'utf8')
const json = (path: string) => JSON.parse(text(path)) as JsonObject

const guide = 'open-badges/spec/test-vectors/obv3p0'
const w3c = 'w3c/vc-di-eddsa/TestVectors'

function split(signed: JsonObject) {
  const { proof, ...document } = signed
  const { proofValue, ...options } = proof as JsonObject
  return { document, proof: proof as JsonObject, options, proofValue: String(proofValue) }
}

describe.skipIf(!existsSync(`${data}/${guide}`))(
  'the Open Badges 3.0 guide vector (skipped when the shared data folder is missing)',
  () => {
    const { document, proof, options } = split(json(`${guide}/signed-credential.json`))

    it('has the same canonical document, byte for byte', async () => {
      expect(await canonize(document)).toBe(text(`${guide}/document-canon.txt`))
    })

    it('has the same canonical proof options, byte for byte', async () => {
      const config = { ...options, '@context': document['@context'] }
      expect(await canonize(config)).toBe(text(`${guide}/proof-canon.txt`))
    })

    it('verifies with the key named in its verification method', async () => {
      const key = String(proof['verificationMethod']).split('#')[1] ?? ''
      expect(await suiteOf(proof)?.verify(document, proof, publicKeyOf(key))).toBe(true)
    })
  },
)

const examples = 'open-badges/spec/examples'

describe.skipIf(!existsSync(`${data}/${examples}`))(
  'the examples of the specification (skipped when the shared data folder is missing)',
  () => {
    it.each(['full_ex.json', 'minimal_valid_obv3.json'])(
      'have the same statements in %s with and without shared contexts',
      async (file) => {
        const { proof: _proof, ...document } = json(`${examples}/${file}`)
        const options = { documentLoader, safe: true, base: null }
        const expanded = await jsonld.expand(document, options)
        const dataset = await jsonld.toRDF(expanded, { ...options, skipExpansion: true })
        const stock = await rdfCanonize.canonize(dataset, { algorithm: 'RDFC-1.0' })
        expect(await canonize(document)).toBe(stock)
      },
    )
  },
)

describe.skipIf(!existsSync(`${data}/${w3c}`))(
  'the W3C eddsa-rdfc-2022 material (skipped when the shared data folder is missing)',
  () => {
    const pair = json(`${w3c}/keyPair.json`)
    const seed = decodeMultibase(String(pair['privateKeyMultibase'])).subarray(2)

    it('has the published public key for the published secret key', () => {
      expect(generateKeyPair(seed)).toEqual({
        publicKeyMultibase: pair['publicKeyMultibase'],
        secretKeyMultibase: pair['privateKeyMultibase'],
      })
    })

    // These credentials use contexts that are not bundled, so their canonical form is given.
    it.each(['eddsa-rdfc-2022', 'eddsa-rdfc-2022/employ'])(
      'signs %s to the published bytes',
      (folder) => {
        const read = (name: string) => text(`${w3c}/${folder}/${name}DataInt.txt`)
        const hashed = hashCanonical({ options: read('proofCanon'), document: read('canonDoc') })
        expect(Buffer.from(hashed).toString('hex')).toBe(read('combinedHash').trim())
        const signed = json(`${w3c}/${folder}/signedDataInt.json`)
        const { proofValue } = signed['proof'] as JsonObject
        expect(signHash(hashed, generateKeyPair(seed))).toBe(proofValue)
      },
    )

    it.each(['eddsa-rdfc-2022', 'eddsa-rdfc-2022/employ'])(
      'has the canonical proof options of %s, byte for byte',
      async (folder) => {
        const { proofValue: _value, ...options } = json(`${w3c}/${folder}/signedDataInt.json`)[
          'proof'
        ] as JsonObject
        const config = { ...options, '@context': 'https://www.w3.org/ns/credentials/v2' }
        expect(await canonize(config)).toBe(text(`${w3c}/${folder}/proofCanonDataInt.txt`))
      },
    )
  },
)
