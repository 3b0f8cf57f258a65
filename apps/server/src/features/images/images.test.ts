import { crc32, deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../http/app-error.js'
import { checkImage } from './create-images.js'
import { defaultPicture, initialsOf } from './default-picture.js'
import { createLeastRecentlyUsed } from './least-recently-used.js'
import { renderSvg } from './render-svg.js'

function refusal(bytes: Buffer | string): string {
  try {
    checkImage(Buffer.from(bytes))
  } catch (error) {
    if (error instanceof AppError && error.code === 'image-refused') return error.message
    throw error
  }
  return 'accepted'
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

type Wanted = { width?: number; height?: number; pixels?: Buffer; extra?: Buffer; colour?: number }

function aPng({ width = 2, height = 2, pixels, extra, colour = 6 }: Wanted = {}): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, colour, 0, 0, 0], 8)
  const raw = pixels ?? Buffer.alloc(height * (1 + width * 4))
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    extra ?? Buffer.alloc(0),
    chunk('IDAT', deflateSync(raw)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

describe('an uploaded PNG', () => {
  it('is accepted as it is when it is sound', async () => {
    const png = await renderSvg(defaultPicture({ kind: 'badge', seed: 'x', name: 'Y' }), 64)
    expect(checkImage(png)).toEqual({ mediaType: 'image/png', content: png })
    expect(checkImage(aPng()).content).toEqual(aPng())
  })

  it('loses texts, places and badges that came with it', () => {
    const extra = chunk('iTXt', Buffer.from('openbadges\0\0\0\0\0{}'))
    const { content } = checkImage(aPng({ extra: Buffer.concat([extra, chunk('eXIf', extra)]) }))
    expect(content).toEqual(aPng())
  })

  it('is refused for what is wrong with it', () => {
    const sound = aPng()
    const flipped = Buffer.from(sound)
    flipped[45] = (flipped[45] ?? 0) ^ 1
    expect(refusal(sound.subarray(0, -8))).toContain('ends too early')
    expect(refusal(sound.subarray(0, 8))).toContain('ends too early')
    expect(refusal(flipped)).toContain('checksum')
    expect(refusal(aPng({ pixels: Buffer.alloc(5) }))).toContain('pixels are missing')
    expect(refusal(aPng({ pixels: Buffer.alloc(50_000_000) }))).toContain('unpacked')
    expect(refusal(aPng({ width: 0, pixels: Buffer.alloc(1) }))).toContain('no pixels')
    expect(refusal(aPng({ colour: 5 }))).toContain('colours')
    expect(refusal(aPng({ colour: 3, pixels: Buffer.alloc(6) }))).toContain('palette')
  })

  it('of enormous dimensions is refused by its header, before anything is unpacked', () => {
    expect(refusal(aPng({ width: 60_000, height: 60_000, pixels: Buffer.alloc(9) }))).toBe(
      'The image is 60000 × 60000 pixels, and 4096 × 4096 are the most. Make it smaller; 600 × 600 is a good size for a badge.',
    )
  })

  it('of more than two megabytes is refused', () => {
    expect(refusal(Buffer.alloc(3 * 1024 * 1024))).toContain('3.0 MB, and 2 MB are the most')
  })

  it('that is something else is refused by its content', () => {
    for (const fake of ['hello', '', 'GIF89a', '<html><svg></svg></html>', '\xff\xd8\xff']) {
      expect(refusal(Buffer.from(fake, 'latin1'))).toContain('neither a PNG nor an SVG')
    }
  })
})

const svg = (inner: string, more = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"${more}>${inner}</svg>`
const cleaned = (text: string) => checkImage(Buffer.from(text)).content.toString()

describe('an uploaded SVG', () => {
  it('keeps shapes, gradients, clips, text and links inside itself', () => {
    const inner =
      '<defs><linearGradient id="a"><stop offset="0" stop-color="red"></stop></linearGradient></defs>' +
      '<g transform="scale(2)" style="fill:url(#a)"><path d="M0 0h5v5z"></path></g><use href="#a"></use><text x="1">a &amp; &lt;b&gt;</text>'
    expect(cleaned(`<?xml version="1.0"?><!-- x -->\n${svg(inner)}`)).toBe(svg(inner))
  })

  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['a script in CDATA', '<script><![CDATA[alert(1)]]></script>'],
    [
      'a script of another namespace',
      '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
    ],
    ['an event handler', '<path onclick="alert(1)" d="M0 0"/>'],
    [
      'foreign content',
      '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml">alert(1)</body></foreignObject>',
    ],
    ['an image from elsewhere', '<image href="https://evil.example/alert.png"/>'],
    ['a link', '<a href="javascript:alert(1)">alert</a>'],
    [
      'a link to elsewhere',
      '<use xlink:href="https://evil.example/alert.svg#x" xmlns:xlink="http://www.w3.org/1999/xlink"/>',
    ],
    ['a fetched fill', '<path fill="url(https://evil.example/alert)" d="M0 0"/>'],
    ['a fetched style', '<path style="fill:u\\72l(//evil.example/alert)" d="M0 0"/>'],
    [
      'a fetched style behind a good one',
      '<path style="fill:url(#a);mask:url( //evil.example/alert )" d="M0 0"/>',
    ],
    [
      'an animation',
      '<set attributeName="href" to="javascript:alert(1)"/><animate attributeName="href" values="alert"/>',
    ],
    ['metadata', '<metadata>alert</metadata>'],
  ])('loses %s', (_what, inner) => {
    const result = cleaned(svg(`${inner}<path d="M1 1"/>`, ' onload="alert(1)"'))
    expect(result).not.toMatch(/alert|evil|script|on\w+=/)
    expect(result).toContain('<path d="M1 1"></path>')
  })

  it.each([
    ['entities', `<!DOCTYPE svg [<!ENTITY a "b">]>${svg('')}`, 'DOCTYPE'],
    ['a style sheet', svg('<style>@import "//evil.example"</style>'), 'presentation attributes'],
    [
      'a missing end',
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path',
      'too early',
    ],
    ['a strip', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 9999"></svg>', 'square'],
    ['no size', '<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"></svg>', 'SVG is'],
    ['a part that repeats itself', svg('<g id="a"><use href="#a"/></g>'), 'too often'],
    ['too many parts', svg('<g/>'.repeat(30_000)), 'too many parts'],
    [
      'a billion laughs',
      svg(
        Array.from(
          { length: 30 },
          (_, n) => `<g id="g${n + 1}"><use href="#g${n}"/><use href="#g${n}"/></g>`,
        ).join(''),
      ),
      'too often',
    ],
  ])('with %s is refused', (_what, text, reason) => {
    expect(refusal(text)).toContain(reason)
  })
})

describe('the picture of a badge that has none', () => {
  it('is the same for the same badge, and small', () => {
    const subject = { kind: 'badge', seed: '1', name: 'Data Analysis Foundations' } as const
    expect(defaultPicture(subject)).toBe(defaultPicture({ ...subject }))
    expect(defaultPicture(subject)).not.toBe(defaultPicture({ ...subject, seed: '2' }))
    expect(defaultPicture(subject).length).toBeLessThan(4_000)
  })

  it.each([
    ['Data Analysis Foundations', 'DAF'],
    ['the first step', 'FS'],
    ['Algebra', 'Al'],
    ['CS50', 'CS'],
    ['Éducation à la santé', 'ÉS'],
    ['Введение в анализ', 'ВА'],
    ['数据分析', ''],
    ['<script>alert(1)</script>', 'SA1'],
    ['', ''],
  ])('shows for %j the letters %j', (name, letters) => {
    expect(initialsOf(name)).toBe(letters)
  })

  it('can be drawn for any name', async () => {
    for (const name of ['<script>', '数据', '', '\u0001\u0000x', '"\'&`', '👩‍🎓']) {
      const png = await renderSvg(defaultPicture({ kind: 'badge', seed: name, name }), 64)
      expect(png.readUInt32BE(16)).toBe(64)
    }
  })
})

describe('what was drawn lately', () => {
  it('is drawn once, forgotten when others came after it, and not remembered when it failed', async () => {
    const remember = createLeastRecentlyUsed<Promise<string>>(2)
    let made = 0
    const make = async () => {
      made += 1
      return String(made)
    }
    expect(await Promise.all([remember('a', make), remember('a', make)])).toEqual(['1', '1'])
    await remember('b', make)
    await remember('a', make)
    await remember('c', make)
    expect(await remember('a', make)).toBe('1')
    expect(await remember('b', make)).toBe('4')
    await expect(remember('bad', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await remember('bad', make)).toBe('5')
  })
})
