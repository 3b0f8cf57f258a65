import { describe, expect, it } from 'vitest'
import { assertionMethodsOf, methodsOf, rememberDocuments } from './resolve-key.js'

const MB = 1024 * 1024

describe('a memory of documents', () => {
  it('is shared by whoever is given it, and asks each address once', async () => {
    let asked = 0
    const outer = rememberDocuments(async () => {
      asked += 1
      return { id: 'x' }
    })
    const inner = rememberDocuments(outer)
    expect(inner).toBe(outer)
    expect(await inner('https://x.example/')).toBe(await outer('https://x.example/'))
    expect(asked).toBe(1)
  })

  it.each([
    ['objects', () => ({ text: 'x'.repeat(3 * MB) })],
    ['text', () => JSON.stringify({ text: 'x'.repeat(3 * MB) })],
  ])(
    'reads no more %s for one badge than 24 MB and the rest of one answer',
    async (_what, make) => {
      const documents = rememberDocuments(async () => make())
      const addresses = Array.from({ length: 20 }, (_, i) => `https://x.example/${i}`)
      let read = 0
      for (const url of addresses) {
        const isRead = await documents(url).then(
          () => true,
          () => false,
        )
        read += Number(isRead)
      }
      expect(read).toBe(8)
    },
  )
})

describe('the keys that an issuer lists', () => {
  const methods = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `#${i}` }))

  it('are read when they are a thousand, and refused when they are more', () => {
    const issuer = (count: number) => ({ id: 'x', verificationMethod: methods(count) })
    expect(methodsOf(issuer(1000))).toHaveLength(1000)
    expect(() => methodsOf(issuer(1001))).toThrow(/lists 1001 keys/)
    expect(() => assertionMethodsOf({ id: 'x', assertionMethod: methods(1001) })).toThrow(/1001/)
  })
})
