import { describe, expect, it } from 'vitest'
import { openInquiry, refuseElsewhere } from './inquiry.js'

const json = (value: unknown) => ({
  bytes: Buffer.from(JSON.stringify(value)),
  type: 'application/json',
})
const nowhere = () => undefined
const usual = { here: nowhere, most: 3, withinMs: 5_000, elsewhere: async () => json({ a: 1 }) }

describe('the questions of one verification', () => {
  it('go to ourselves first, and to others for the rest', async () => {
    const here = (url: string) => (url.includes('ours') ? Promise.resolve(json('ours')) : undefined)
    const { documents, asked } = openInquiry({ ...usual, here })
    expect(await documents('https://ours.example/1')).toBe('ours')
    expect(await documents('did:web:theirs.example:issuers:7#key')).toEqual({ a: 1 })
    expect(asked().map(({ url }) => url)).toEqual([
      'https://ours.example/1',
      'https://theirs.example/issuers/7/did.json',
    ])
  })

  it('end at their number', async () => {
    const { documents, asked } = openInquiry(usual)
    for (let n = 0; n < 3; n += 1) await documents(`https://a.example/${n}`)
    await expect(documents('https://a.example/4')).rejects.toThrow('3 addresses, no more')
    expect(asked()).toHaveLength(3)
  })

  it('end with their time, however slow the others are', async () => {
    const elsewhere = () => new Promise<never>(() => {})
    const { documents, asked } = openInquiry({ ...usual, withinMs: 20, elsewhere })
    await expect(documents('https://slow.example/')).rejects.toThrow('used up')
    await expect(documents('https://next.example/')).rejects.toThrow('used up')
    expect(asked()[0]).toMatchObject({ problem: expect.stringContaining('used up') })
  })

  it('keep the status of a refusal, and tell people no inner words', async () => {
    const gone = Object.assign(new Error('socket hang up at 10.0.0.3'), { status: 410 })
    const elsewhere = async () => {
      throw gone
    }
    const { documents, asked } = openInquiry({ ...usual, elsewhere })
    await expect(documents('https://gone.example/')).rejects.toBe(gone)
    expect(asked()).toEqual([
      { url: 'https://gone.example/', problem: 'answers 410', isGone: true },
    ])
  })

  it('tell why something is gone, where that was left there', async () => {
    const left = { revoked: true, revocationReason: 'Copied' }
    const elsewhere = async () => {
      const bytes = new Uint8Array(Buffer.from(JSON.stringify(left)))
      throw Object.assign(new Error('answers with status 410'), { status: 410, bytes })
    }
    const { documents } = openInquiry({ ...usual, elsewhere })
    const thrown = { status: 410, document: left }
    await expect(documents('https://gone.example/')).rejects.toMatchObject(thrown)
  })

  it('answer with text and with bytes where that is what there is', async () => {
    const png = Buffer.from('89504e470d0a1a0a0000', 'hex')
    const answers = [
      { bytes: Buffer.from('a.b.c'), type: 'application/vc+jwt' },
      { bytes: png, type: 'application/octet-stream' },
    ]
    const elsewhere = async () => answers.shift() ?? json(null)
    const { documents, image } = openInquiry({ ...usual, elsewhere })
    expect(await documents('https://a.example/1')).toBe('a.b.c')
    expect(await documents('https://a.example/2')).toEqual(png)
    expect(image()).toEqual(png)
  })

  it('are refused for all others where a site asks nobody', async () => {
    const { documents } = openInquiry({ ...usual, elsewhere: refuseElsewhere })
    await expect(documents('https://a.example/')).rejects.toThrow('asks no other servers')
    await expect(documents('no address')).rejects.toThrow('This is no address.')
  })
})
