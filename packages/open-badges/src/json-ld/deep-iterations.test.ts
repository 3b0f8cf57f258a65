import rdfCanonize from 'rdf-canonize'
import { describe, expect, it } from 'vitest'
import { canonize, MAX_DEEP_ITERATIONS } from './canonize.js'
import { CREDENTIALS_V2, OPEN_BADGES_V3 } from './contexts.js'
import { deepIterationsFor } from './deep-iterations.js'

const dataset = (...lines: string[]) => rdfCanonize.NQuads.parse(lines.join('\n'))
const iterations = (...lines: string[]) => deepIterationsFor(dataset(...lines), MAX_DEEP_ITERATIONS)
const range = (count: number) => Array.from({ length: count }, (_, i) => i)
const p = '<https://x.example/p>'

describe('the number of looks into things that are alike', () => {
  it('is what was asked for where each look is at little', () => {
    const lines = range(1000).map((i) => `<https://x.example/> ${p} _:b${i} .`)
    expect(iterations(...lines)).toBe(MAX_DEEP_ITERATIONS)
    expect(iterations()).toBe(MAX_DEEP_ITERATIONS)
  })

  it('falls with the number of statements about each of them', () => {
    const about = (node: string) => range(500).map((i) => `_:${node} ${p} _:${node}x${i} .`)
    expect(iterations(...about('a'), ...about('b'))).toBeLessThan(40)
  })

  it('does not fall for a thing of many statements that is like no other', () => {
    const about = range(5000).map((i) => `_:a ${p} "${i}" .`)
    expect(iterations(...about, `_:b ${p} "1" .`, `_:c ${p} "1" .`)).toBe(MAX_DEEP_ITERATIONS)
  })

  it('is small for a badge whose organisations look alike and have hundreds of parts each', async () => {
    const part = (i: number) => ({ type: 'IdentifierEntry', identifier: `${i}` })
    const large = (at: number) => ({
      type: 'Profile',
      otherIdentifier: range(300).map((i) => part(at * 300 + i)),
    })
    const around = (from: number) => ({
      type: 'Profile',
      parentOrg: range(7).map((i) => large(from + i)),
    })
    const issuer = { id: 'https://x.example/', type: 'Profile', parentOrg: [around(0), around(7)] }
    const tangled = {
      '@context': [CREDENTIALS_V2, OPEN_BADGES_V3],
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      issuer,
    }
    await expect(canonize(tangled)).rejects.toMatchObject({ code: 'ERR_OB_TOO_LARGE' })
  })
})
