// Proofs that show a part of a badge only, and proofs that build on others.
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import {
  createDiscloseCryptosuite,
  createSignCryptosuite,
} from '@digitalbazaar/ecdsa-sd-2023-cryptosuite'
import * as vc from '@digitalbazaar/vc'
import { documentLoader } from '../../packages/open-badges/dist/index.js'
import { keys } from './keys.mjs'
import { proofOf, signBytes } from './sign.mjs'
import { by, edwards } from './sound-credentials.mjs'
import { credential, keyUrl } from './world.mjs'

const kind = 'OpenBadgeCredential 3.0'
const FIRST = 'urn:uuid:00000000-0000-4000-8000-000000000001'
const subject = '/credentialSubject'
const mandatoryPointers = ['/issuer', '/validFrom', `${subject}/type`, `${subject}/identifier`]
const shown = ['id', 'type', 'name', 'description', 'criteria'].map(
  (name) => `${subject}/achievement/${name}`,
)

export async function addNewerProofs({ add }) {
  await addPartial(add)
  await add('v3/chain.json', {
    about: 'A badge with two proofs of which the second builds on the first.',
    kind,
    make: () => chain('chain', (first) => first),
  })
  await add('refused/chain-broken.json', {
    about: 'A proof that builds on one that is not there.',
    kind,
    verdict: 'invalid',
    check: 'proof',
    error: 'ERR_OB_PROOF_CHAIN',
    make: async () => {
      const badge = await chain('chain-broken', (first) => first)
      return { ...badge, proof: badge.proof.slice(1) }
    },
  })
  await add('refused/chain-forged.json', {
    about: 'A proof that builds on one that does not hold.',
    kind,
    verdict: 'invalid',
    check: 'proof',
    error: 'ERR_OB_SIGNATURE',
    make: () => chain('chain-forged', (first) => ({ ...first, created: '2026-01-02T00:00:00Z' })),
  })
}

async function chain(name, change) {
  const badge = credential(name)
  const first = change(await proofOf(badge, { ...by('p256', 'ecdsa-rdfc-2019'), id: FIRST }))
  const onTop = { ...badge, proof: [first] }
  return { ...badge, proof: [first, await proofOf(onTop, { ...edwards, previousProof: FIRST })] }
}

async function addPartial(add) {
  let base
  await add('refused/sd-base.json', {
    about: 'A badge with a base proof, which is for its holder only.',
    kind,
    verdict: 'unknown',
    check: 'proof',
    error: 'ERR_OB_PROOF_BASE',
    make: async () => {
      const signer = {
        id: keyUrl('p256'),
        algorithm: 'P-256',
        sign: async ({ data }) => new Uint8Array(signBytes(data, keys.p256)),
      }
      const suite = new DataIntegrityProof({
        signer,
        date: '2026-01-01T00:00:00Z',
        cryptosuite: createSignCryptosuite({ mandatoryPointers }),
      })
      return await vc.issue({ credential: credential('sd'), suite, documentLoader })
    },
  }).then((text) => {
    base = JSON.parse(text)
  })
  await add('v3/ecdsa-sd-2023.json', {
    about: 'A part of a badge, with a derived proof of ecdsa-sd-2023: its name is left out.',
    kind,
    recipient: 'a@example.com',
    make: async () => {
      const cryptosuite = createDiscloseCryptosuite({ selectivePointers: shown })
      const suite = new DataIntegrityProof({ cryptosuite })
      return await vc.derive({ verifiableCredential: structuredClone(base), suite, documentLoader })
    },
  })
  await add('refused/sd-changed.json', {
    about: 'A part of a badge that was changed.',
    kind,
    verdict: 'invalid',
    check: 'proof',
    error: 'ERR_OB_SIGNATURE',
    make: async () => {
      const cryptosuite = createDiscloseCryptosuite({ selectivePointers: shown })
      const suite = new DataIntegrityProof({ cryptosuite })
      const whole = structuredClone(base)
      const part = await vc.derive({ verifiableCredential: whole, suite, documentLoader })
      return { ...part, validFrom: '2026-01-02T00:00:00Z' }
    },
  })
}
