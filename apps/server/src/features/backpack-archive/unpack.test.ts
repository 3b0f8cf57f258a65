import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../http/app-error.js'
import { parseManifest } from './manifest.js'
import { pack } from './pack.js'
import { unpack } from './unpack.js'

const sound = zipSync({
  'manifest.json': strToU8(JSON.stringify({ format: 'rosette-backpack', version: 1, badges: [] })),
  'badges/one.json': strToU8('{"id":"1"}'.repeat(500)),
  'badges/two.json': [strToU8('{"id":"2"}'), { level: 0 }],
})

async function outcomeOf(bytes: Uint8Array): Promise<string> {
  try {
    const files = await unpack(bytes)
    for (const file of files) parseManifest(file.bytes)
    return 'read'
  } catch (error) {
    if (error instanceof AppError && error.code === 'archive-refused') return 'refused'
    throw error
  }
}

describe('unpacking', () => {
  it('reads what other programs pack, and what is packed here', async () => {
    expect((await unpack(sound)).map(({ name }) => name)).toEqual([
      'manifest.json',
      'badges/one.json',
      'badges/two.json',
    ])
    async function* files() {
      for (let n = 0; n < 5; n++)
        yield { name: `${n}.json`, bytes: strToU8(`{"n":${n}}`.repeat(n)) }
      yield { name: 'picture.png', bytes: new Uint8Array(70_000).fill(7) }
    }
    const chunks: Buffer[] = []
    for await (const chunk of pack(files())) chunks.push(chunk)
    const found = await unpack(Buffer.concat(chunks))
    expect(found.map(({ name, bytes }) => [name, bytes.length])).toEqual([
      ['0.json', 0],
      ['1.json', 7],
      ['2.json', 14],
      ['3.json', 21],
      ['4.json', 28],
      ['picture.png', 70_000],
    ])
  })

  it('refuses anything else with a sentence, and never fails in another way', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        expect(['read', 'refused']).toContain(await outcomeOf(bytes))
      }),
    )
  })

  it('stands archives that were changed anywhere', async () => {
    const changes = fc.array(fc.tuple(fc.nat({ max: sound.length - 1 }), fc.nat({ max: 255 })), {
      minLength: 1,
      maxLength: 8,
    })
    await fc.assert(
      fc.asyncProperty(changes, fc.nat({ max: sound.length }), async (all, cut) => {
        const bytes = Uint8Array.from(sound)
        for (const [at, value] of all) bytes[at] = value
        expect(['read', 'refused']).toContain(
          await outcomeOf(bytes.subarray(0, bytes.length - (cut % 50))),
        )
      }),
      { numRuns: 500 },
    )
  })

  it('reads no manifest from what is none', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(() => parseManifest(strToU8(text))).not.toThrow()
      }),
    )
  })
})
