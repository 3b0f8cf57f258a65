import { generateKeyPair, signDocument } from '@rosette/open-badges'
import { describe, expect, it } from 'vitest'
import { createPublicUrls } from '../../http/public-urls.js'
import { aNetwork, aStranger, aStrangersBadge } from '../../testing/strangers-badges.js'
import { createVerifier } from './create-verifier.js'

const issuer = 'https://school.example/issuer'
const keyId = 'https://school.example/keys/2'
const key = generateKeyPair()

/** A badge signed with a key that its issuer has had for a moment only. */
async function aFreshlySignedBadge() {
  const { proof: _proof, ...badge } = await aStrangersBadge(aStranger(), {
    credential: { issuer: { id: issuer, type: ['Profile'], name: 'School' } },
  })
  const created = '2026-03-12T08:30:00Z'
  return await signDocument(badge, { key, verificationMethod: keyId, created })
}

/** A network in which the keys of the issuer are remembered, without the new one. */
function createRemembering(assertionMethod: readonly string[]) {
  const asked: [string, boolean][] = []
  const profile = { id: issuer, type: ['Profile'], name: 'School' }
  const { publicKeyMultibase } = key
  const multikey = { id: keyId, type: 'Multikey', controller: issuer, publicKeyMultibase }
  const now = aNetwork({ [issuer]: { ...profile, assertionMethod }, [keyId]: multikey })
  const before = aNetwork({ [issuer]: { ...profile, assertionMethod: [] }, [keyId]: multikey })
  const verifier = createVerifier({
    urls: createPublicUrls('https://rosette.example'),
    here: () => undefined,
    elsewhere: async (url, request) => {
      asked.push([url, request.isFresh === true])
      return await (request.isFresh === true ? now : before)(url, request)
    },
    now: () => new Date('2026-06-01T00:00:00Z'),
  })
  return { verifier, asked }
}

describe('a badge with a key that the issuer did not list', () => {
  it('is good when the issuer, asked again, lists it now', async () => {
    const { verifier } = createRemembering([keyId])
    const { report } = await verifier.examine({ badge: await aFreshlySignedBadge() }, { by: 'lea' })
    expect(report.verdict).toBe('valid')
  })

  it('is refused when it still does not, and that is asked once', async () => {
    const { verifier, asked } = createRemembering([])
    const badge = await aFreshlySignedBadge()
    expect((await verifier.verify({ badge }, { by: 'lea' })).verdict).toBe('invalid')
    expect(asked.filter(([url]) => url === issuer)).toEqual([
      [issuer, false],
      [issuer, true],
    ])
    await verifier.verify({ badge }, { by: 'lea', isFresh: true })
    expect(asked.filter(([url]) => url === issuer)).toHaveLength(3)
  })
})
