/// <reference path="../json-ld/untyped.d.ts" />
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import rdfCanonize from 'rdf-canonize'
import { afterAll, describe, expect, it } from 'vitest'
import { canonizeJson } from '../json/jcs.js'
import type { JsonObject } from '../json/json.js'
import { canonize } from '../json-ld/canonize.js'
import { contexts } from '../json-ld/contexts.js'
import { decodeMultibase } from '../keys/base58.js'
import { generateKeyPair } from '../keys/keys.js'
import { publicKeyOf } from '../keys/public-keys.js'
import type { Documents } from '../keys/resolve-key.js'
import { checkProofs } from './check-proof.js'
import { parseDerivedProof } from './derived-proof.js'
import { hashCanonical } from './hash-document.js'
import { canonizeOptions } from './proof-options.js'
import { relabelStatements } from './relabel-statements.js'
import { toDisclosedStatements } from './selective-disclosure.js'
import { suiteOf } from './suites.js'

const data =
  process.env['ROSETTE_SHARED_DATA'] ??
  fileURLToPath(new URL('../../../../../shared/data/', import.meta.url))
const w3c = `${data}/w3c`
const eddsa = 'vc-di-eddsa/TestVectors'
const ecdsa = 'vc-di-ecdsa/TestVectors'

const seen = new Set<string>()
function text(path: string): string {
  seen.add(path)
  return readFileSync(`${w3c}/${path}`, 'utf8')
}
const json = (path: string) => JSON.parse(text(path)) as JsonObject
const sha = (digest: string, input: string) => createHash(digest).update(input).digest('hex')
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

function split(signed: JsonObject) {
  const { proof, ...document } = signed
  const { proofValue, ...options } = proof as JsonObject
  return { document, proof: proof as JsonObject, options, proofValue: String(proofValue) }
}

const keyOf = ({ verificationMethod }: JsonObject) =>
  publicKeyOf(String(verificationMethod).split('#')[1] ?? '')

// What the canonical forms beside these credentials say about the terms of contexts that no badge
// uses and that are not bundled.
const dateTime = 'http://www.w3.org/2001/XMLSchema#dateTime'
const schema = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, `https://schema.org/${name}`]))
const citizenship = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, `https://w3id.org/citizenship#${name}`]))
const standIns: readonly (readonly [string, object])[] = [
  [
    'https://www.w3.org/ns/credentials/examples/v2',
    { '@vocab': 'https://www.w3.org/ns/credentials/examples#' },
  ],
  [
    'https://w3id.org/citizenship/v4rc1',
    {
      ...schema(['Person', 'givenName', 'familyName', 'additionalName', 'gender', 'identifier']),
      ...citizenship(['EmployablePerson', 'EmploymentAuthorizationDocument']),
      ...citizenship(['EmploymentAuthorizationDocumentCredential', 'PermanentResident']),
      ...citizenship(['PermanentResidentCard', 'PermanentResidentCardCredential']),
      ...citizenship(['birthCountry', 'commuterClassification', 'lprCategory', 'lprNumber']),
      ...citizenship(['employmentAuthorizationDocument', 'permanentResidentCard']),
      image: { '@id': 'https://schema.org/image', '@type': '@id' },
      birthDate: { '@id': 'https://schema.org/birthDate', '@type': dateTime },
      residentSince: { '@id': 'https://w3id.org/citizenship#residentSince', '@type': dateTime },
    },
  ],
]

const single: [string, string, 'sha256' | 'sha384'][] = [
  [`${eddsa}/eddsa-rdfc-2022`, 'DataInt', 'sha256'],
  [`${eddsa}/eddsa-rdfc-2022/employ`, 'DataInt', 'sha256'],
  [`${eddsa}/eddsa-jcs-2022`, 'JCS', 'sha256'],
  [`${eddsa}/Ed25519Signature2020`, 'EdSig', 'sha256'],
  [`${ecdsa}/ecdsa-rdfc-2019-p256`, 'ECDSAP256', 'sha256'],
  [`${ecdsa}/ecdsa-rdfc-2019-p256/employ`, 'ECDSAP256', 'sha256'],
  [`${ecdsa}/ecdsa-rdfc-2019-p384`, 'ECDSAP384', 'sha384'],
  [`${ecdsa}/ecdsa-rdfc-2019-p384/employ`, 'ECDSAP384', 'sha384'],
  [`${ecdsa}/ecdsa-jcs-2019-p256`, 'JCSECDSAP256', 'sha256'],
  [`${ecdsa}/ecdsa-jcs-2019-p384`, 'JCSECDSAP384', 'sha384'],
]

describe.skipIf(!existsSync(w3c))(
  'every W3C vector (skipped when the shared data folder is missing)',
  () => {
    for (const [url, terms] of standIns) {
      const known = contexts as Map<string, object>
      known.set(url, { '@context': terms })
    }

    it.each(single)('of %s has the published values at every step', async (folder, ...rest) => {
      const [suffix, digest] = rest
      const read = (name: string) => text(`${folder}/${name}${suffix}.txt`).trim()
      const signed = json(`${folder}/signed${suffix}.json`)
      const { document, proof, options, proofValue } = split(signed)
      const isJcs = folder.includes('jcs')
      const canonical = isJcs
        ? { document: canonizeJson(document), options: canonizeJson(options) }
        : {
            document: await canonize(document, digest),
            options: await canonizeOptions(options, document['@context']),
          }
      const published = json(`${folder}/proofConfig${suffix}.json`)
      const config = isJcs ? options : { ...options, '@context': document['@context'] }
      expect(published).toEqual(config)
      expect(canonical.document.trim()).toBe(read('canonDoc'))
      expect(canonical.options.trim()).toBe(read('proofCanon'))
      expect(sha(digest, canonical.document)).toBe(read('docHash'))
      expect(sha(digest, canonical.options)).toBe(read('proofHash'))
      expect(hex(hashCanonical(canonical, digest))).toBe(read('combinedHash'))
      expect(hex(decodeMultibase(proofValue))).toBe(read('sigHex'))
      expect(proofValue).toBe(read('sigBTC58'))
      expect(await suiteOf(proof)?.verify(document, proof, keyOf(proof))).toBe(true)
      const changed = { ...document, name: 'Another' }
      expect(await suiteOf(proof)?.verify(changed, proof, keyOf(proof))).toBe(false)
    })

    it('is made of the unsigned documents beside it', () => {
      const pairs = [
        [`${eddsa}/unsigned.json`, `${eddsa}/eddsa-rdfc-2022/signedDataInt.json`],
        [`${eddsa}/employmentAuth.json`, `${eddsa}/eddsa-rdfc-2022/employ/signedDataInt.json`],
        [`${ecdsa}/unsigned.json`, `${ecdsa}/ecdsa-rdfc-2019-p256/signedECDSAP256.json`],
        [`${ecdsa}/employmentAuth.json`, `${ecdsa}/ecdsa-sd-2023/employ/addSignedSDBase.json`],
      ] as const
      for (const [unsigned, signed] of pairs) {
        expect(split(json(signed)).document).toEqual(json(unsigned))
      }
    })

    it('has the published keys', () => {
      const chain = Object.values(
        json(`${eddsa}/proof-set-chain/multiKeyPairs.json`),
      ) as JsonObject[]
      for (const pair of [json(`${eddsa}/keyPair.json`), ...chain]) {
        const seed = decodeMultibase(String(pair['privateKeyMultibase'])).subarray(2)
        expect(generateKeyPair(seed).publicKeyMultibase).toBe(pair['publicKeyMultibase'])
      }
      const { baseKeyPair, proofKeyPair } = json(`${ecdsa}/ecdsa-sd-2023/SDKeyMaterial.json`)
      const elliptic = ['p256KeyPair', 'p384KeyPair'].map((name) => json(`${ecdsa}/${name}.json`))
      for (const pair of [...elliptic, baseKeyPair, proofKeyPair] as JsonObject[]) {
        const { asymmetricKeyType } = publicKeyOf(String(pair['publicKeyMultibase']))
        expect(asymmetricKeyType).toBe('ec')
      }
    })

    it('of an older context has the same statements as under the one that is bundled', async () => {
      const url = 'https://w3id.org/security/suites/ed25519-2020/v1'
      const { options, document } = split(json(`${eddsa}/Ed25519Signature2020/signedEdSig.json`))
      const ours = await canonizeOptions(options, document['@context'])
      const copy = `${url}#published`
      const known = contexts as Map<string, object>
      known.set(copy, json('vc-di-eddsa/contexts/lds-ed25519-2020-v1.json'))
      const list = (document['@context'] as string[]).map((one) => (one === url ? copy : one))
      expect(list).toContain(copy)
      expect(await canonizeOptions(options, list)).toBe(ours)
      known.delete(copy)
    })

    describe('of proof sets and chains', () => {
      const folder = `${eddsa}/proof-set-chain`
      const documents: Documents = async () => ({})
      const question = {
        issuerId: 'did:example:x',
        documents,
        now: new Date('2024-01-01T00:00:00Z'),
      }

      // The keys are not the issuer's, so the signatures hold and the badge does not.
      const problemsOf = async (signed: JsonObject) => {
        const checks = await checkProofs(signed, question)
        return checks.flatMap(({ error, detail }) => error ?? detail?.['error'] ?? []).sort()
      }
      const [bound, chain, wrong] = ['KEY_NOT_BOUND', 'PROOF_CHAIN', 'SIGNATURE'].map(
        (name) => `ERR_OB_${name}`,
      )

      it.each(['signedProofSet1', 'signedProofSet2', 'signedProofChain1', 'signedProofChain2'])(
        'verifies all signatures of %s',
        async (name) => {
          const signed = json(`${folder}/${name}.json`)
          const proofs = [signed['proof']].flat()
          expect(await problemsOf(signed)).toEqual(proofs.map(() => bound))
        },
      )

      it('finds the published steps inside the chains', () => {
        const { document, proof } = split(json(`${folder}/signedProofChain2.json`))
        const [first, second, third, fourth] = proof as unknown as JsonObject[]
        expect(document).toEqual(json(`${folder}/unsigned.json`))
        expect(json(`${folder}/proofChainTempDoc1.json`)['proof']).toEqual([first, second])
        expect(json(`${folder}/proofChainTempDoc2.json`)['proof']).toEqual([third])
        const configs = [
          ['proofSetConfig', 1, first],
          ['proofSetConfig', 2, second],
          ['proofChainConfig', 1, third],
          ['proofChainConfig', 2, fourth],
        ] as const
        for (const [name, number, one] of configs) {
          expect(json(`${folder}/${name}Signed${number}.json`)).toEqual(one)
          const { proofValue: _value, ...options } = one as JsonObject
          expect(json(`${folder}/${name}${number}.json`)).toEqual(options)
        }
      })

      it('does not verify a chain when what it builds on is changed or left out', async () => {
        const signed = json(`${folder}/signedProofChain2.json`)
        const [first, second, third, fourth] = signed['proof'] as JsonObject[]
        const without = { ...signed, proof: [first, third, fourth] }
        expect(await problemsOf(without)).toEqual([bound, chain, chain])
        const { proofValue } = first as JsonObject
        const changed = { ...signed, proof: [first, { ...second, proofValue }, third, fourth] }
        expect(await problemsOf(changed)).toEqual([bound, wrong, wrong, wrong])
        const other = { ...third, proofValue }
        const late = { ...signed, proof: [first, second, other, fourth] }
        expect(await problemsOf(late)).toEqual([bound, bound, wrong, wrong])
      })
    })

    describe.each(['employ', 'prc'])('of selective disclosure for %s', (name) => {
      const folder = `${ecdsa}/ecdsa-sd-2023/${name}`
      const mapOf = (value: unknown) => {
        const pairs = (value as JsonObject)['value'] ?? value
        return new Map(pairs as [string, string][])
      }

      it('has the published parts of the proof', () => {
        const { proofValue } = split(json(`${folder}/derivedRevealDocument.json`))
        const derived = parseDerivedProof(proofValue)
        const found = {
          baseSignature: hex(derived.baseSignature),
          signatures: derived.signatures.map(hex),
        }
        const published = json(`${folder}/verifyDerivedProofValue.json`)
        expect(published).toMatchObject(found)
        expect(json(`${folder}/derivedDisclosureData.json`)).toMatchObject(found)
        expect(derived.labels).toEqual(mapOf(published['labelMap']))
        const disclosed = json(`${folder}/derivedDisclosureData.json`)
        expect(derived.labels).toEqual(mapOf(disclosed['labelMap']))
        expect([...derived.mandatoryIndexes]).toEqual(published['mandatoryIndexes'])
        const { adjMandatoryIndexes } = json(`${folder}/derivedAdjMandatoryIndexes.json`)
        expect([...derived.mandatoryIndexes]).toEqual(adjMandatoryIndexes)
        const { filteredSignatures } = json(`${folder}/derivedAdjSignatures.json`)
        expect(found.signatures).toEqual(filteredSignatures)
        expect(derived.proofKey.equals(publicKeyOf(String(published['publicKey'])))).toBe(true)
      })

      it('has the published statements and hashes, and verifies', async () => {
        const signed = json(`${folder}/derivedRevealDocument.json`)
        const { document, proof, options, proofValue } = split(signed)
        expect(document).toEqual(json(`${folder}/derivedUnsignedReveal.json`))
        const canonical = {
          document: await canonize(document),
          options: await canonizeOptions(options, document['@context']),
        }
        const derived = parseDerivedProof(proofValue)
        const statements = json(`${folder}/verifyNQuads.json`)
        expect(relabelStatements(canonical.document, derived.labels)).toEqual(statements)
        expect(canonical.options).toBe(text(`${folder}/addProofConfigCanon.txt`))
        expect(json(`${folder}/addProofConfig.json`)).toEqual({
          ...options,
          '@context': document['@context'],
        })
        const disclosed = toDisclosedStatements(canonical, derived)
        const data = json(`${folder}/verifyCreateVerifyData.json`)
        expect(disclosed.chosen).toEqual(data['nonMandatory'])
        expect(hex(disclosed.proofHash)).toBe(data['proofHash'])
        expect(hex(disclosed.mandatoryHash)).toBe(data['mandatoryHash'])
        expect(json(`${folder}/addHashData.json`)).toEqual({
          proofHash: data['proofHash'],
          mandatoryHash: data['mandatoryHash'],
        })
        expect(await suiteOf(proof)?.verify(document, proof, keyOf(proof))).toBe(true)
      })

      it('has the statements of the whole credential under the same labels', async () => {
        const whole = json(`${folder}/addBaseDocCanon.json`) as unknown as string[]
        const hidden = json(`${folder}/addBaseDocHMACCanon.json`) as unknown as string[]
        const { document } = split(json(`${folder}/addSignedSDBase.json`))
        const canonical = await canonize(document)
        expect(canonical).toBe(whole.join(''))
        // The labels follow from where each blank node appears; found again by canonizing.
        expect(await canonizeQuads(hidden.join(''))).toBe(canonical)
        const groups = json(`${folder}/addBaseTransform.json`)
        const mandatory = [...mapOf(groups['mandatory']).values()]
        const others = [...mapOf(groups['nonMandatory']).values()]
        expect([...mandatory, ...others].sort()).toEqual(hidden)
        const { mandatoryHash } = json(`${folder}/addHashData.json`)
        expect(sha('sha256', mandatory.join(''))).toBe(mandatoryHash)
        expect(shownOf(folder, hidden)).toEqual(json(`${folder}/verifyNQuads.json`))
      })

      it('is refused as a base proof', async () => {
        const { document, proof } = split(json(`${folder}/addSignedSDBase.json`))
        const verified = suiteOf(proof)?.verify(document, proof, keyOf(proof))
        await expect(verified).rejects.toMatchObject({ code: 'ERR_OB_PROOF_BASE' })
      })
    })

    afterAll(() => {
      // How a holder derives a proof, and from what: nothing that a verifier computes.
      const deriving =
        /(addRawBaseSignatureInfo|addPointerValues|derivedAllGroupData|derivedRecoveredBaseData)\.json$|(employ|prCred)(Mandatory|Selective|Unsigned)\.json$/
      const files = ['vc-di-eddsa', 'vc-di-ecdsa'].flatMap((folder) =>
        readdirSync(`${w3c}/${folder}`, { recursive: true }).map((file) => `${folder}/${file}`),
      )
      const vectors = files.filter((file) => /\.(json|txt)$/.test(file) && !deriving.test(file))
      expect(vectors.filter((file) => !seen.has(file))).toEqual([])
    })
  },
)

async function canonizeQuads(quads: string): Promise<string> {
  const options = { algorithm: 'RDFC-1.0', inputFormat: 'application/n-quads' } as const
  return await rdfCanonize.canonize(quads, options)
}

function shownOf(folder: string, statements: readonly string[]): readonly unknown[] {
  const { combinedIndexes } = json(`${folder}/derivedGroupIndexes.json`)
  return statements.filter((_statement, index) => (combinedIndexes as number[]).includes(index))
}
