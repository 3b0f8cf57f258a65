import { crc32, deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bake, unbake, unbakeAll } from './bake.js'

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')
const OB3 = 'https://purl.imsglobal.org/ob/v3p0'
const OB2 = 'http://openbadges.org'

function chunk(type: string, data: Uint8Array | string = ''): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), Buffer.from(data)])
  const frame = Buffer.alloc(body.length + 8)
  frame.writeUInt32BE(body.length - 4, 0)
  body.copy(frame, 4)
  frame.writeUInt32BE(crc32(body), body.length + 4)
  return frame
}

const header = chunk('IHDR', Buffer.from('00000001000000010806000000', 'hex'))
const pixels = chunk('IDAT', deflateSync(Buffer.from([0, 1, 2, 3, 4])))
const end = chunk('IEND')
const png = (...chunks: Buffer[]) => Buffer.concat([SIGNATURE, header, ...chunks, pixels, end])
const svg = (inside = '', root = '') =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"${root}>${inside}</svg>`)

const three = '{"name":"drei, 三, ]]>"}'
const two = JSON.stringify({ '@context': 'https://w3id.org/openbadges/v2', id: 'https://e/1' })
const code = (name: string) => expect.objectContaining({ code: name })
const textsOf = (image: Uint8Array) => unbakeAll(image).map(({ text }) => text)

const zip = (text: string) => deflateSync(Buffer.from(text))
const iTXt = (keyword: string, ...data: (string | Uint8Array)[]) =>
  chunk('iTXt', Buffer.concat([keyword, '\0', ...data].map((part) => Buffer.from(part))))
const forms: [string, Buffer][] = [
  ['an iTXt', iTXt('openbadges', '\0\0\0\0', two)],
  ['an iTXt of 3.0', iTXt('openbadgecredential', '\0\0\0\0', two)],
  ['an iTXt in a language', iTXt('openbadges', '\0\0en\0Abzeichen\0', two)],
  ['a compressed iTXt', iTXt('openbadges', '\x01\0\0\0', zip(two))],
  ['a tEXt', chunk('tEXt', `openbadges\0${two}`)],
  ['a zTXt', chunk('zTXt', Buffer.concat([Buffer.from('openbadges\0\0'), zip(two)]))],
]

describe('a badge in a PNG', () => {
  it.each(forms)('is read out of and replaced in %s', (_form, baked) => {
    expect(unbake(png(baked)).text).toBe(two)
    expect(bake(png(baked), three)).toEqual(bake(png(), three))
    expect(bake(png(baked, baked), three)).toEqual(bake(png(), three))
  })

  it('has its accents read whichever way an old baker wrote them', () => {
    const old = (bytes: Buffer) =>
      chunk('tEXt', Buffer.concat([Buffer.from('openbadges\0'), bytes]))
    expect(unbake(png(old(Buffer.from('{"a":"é"}', 'utf8')))).text).toBe('{"a":"é"}')
    expect(unbake(png(old(Buffer.from('{"a":"é"}', 'latin1')))).text).toBe('{"a":"é"}')
  })

  it('stays beside one of the other version only when asked', () => {
    const both = bake(bake(png(), two), three, { keepOther: true })
    expect(both).toEqual(bake(png(), [three, two]))
    expect(textsOf(both)).toEqual([three, two])
    expect(unbake(both)).toMatchObject({ text: three, others: ['2.0'] })
    expect(textsOf(bake(both, '{"b":2}', { keepOther: true }))).toEqual(['{"b":2}', two])
    expect(textsOf(bake(both, '{"b":2}'))).toEqual(['{"b":2}'])
  })

  it.each<[string, Buffer]>([
    ['another compression', iTXt('openbadges', '\x01\x01\0\0', zip(two))],
    ['another flag', iTXt('openbadges', '\x02\0\0\0', two)],
    ['no text', iTXt('openbadges', '\0\0')],
    ['zTXt that is not compressed', chunk('zTXt', `openbadges\0\0${two}`)],
    ['no UTF-8', iTXt('openbadges', '\0\0\0\0', Buffer.from([0xff]))],
  ])('with %s is refused', (_name, baked) => {
    expect(() => unbake(png(baked))).toThrow(code('ERR_OB_PNG'))
    expect(() => unbakeAll(png(baked))).toThrow(code('ERR_OB_PNG'))
  })

  it('leaves every other byte and its order, animations and what follows the end included', () => {
    const name = fc.stringMatching(/^[a-z]{4}$/)
    const other = fc
      .tuple(name, fc.uint8Array({ maxLength: 30 }))
      .map(([type, data]) => chunk(type, data))
    const baked = fc.constantFrom(...forms.map(([, form]) => form))
    const animation = fc.constantFrom(chunk('acTL', 'x'), chunk('fcTL', 'y'), chunk('fdAT', 'z'))
    const before = fc.array(fc.oneof(other, baked, animation))
    fc.assert(
      fc.property(before, before, fc.uint8Array({ maxLength: 9 }), (first, last, tail) => {
        const isOther = (part: Buffer) => !forms.some(([, form]) => form === part)
        const image = Buffer.concat([png(...first).subarray(0, -12), ...last, end, tail])
        const mark = chunk('iTXt', `openbadgecredential\0\0\0\0\0${three}`)
        const expected = [
          ...first.filter(isOther),
          mark,
          pixels,
          ...last.filter(isOther),
          end,
          tail,
        ]
        expect(
          Buffer.compare(bake(image, three), Buffer.concat([SIGNATURE, header, ...expected])),
        ).toBe(0)
      }),
    )
  })

  it('does not count behind the end', () => {
    const [, form] = forms[0]!
    expect(() => unbake(Buffer.concat([png(), form]))).toThrow(code('ERR_OB_NOT_BAKED'))
    expect(unbakeAll(Buffer.concat([png(), form]))).toEqual([])
  })

  it.each<[string, Buffer, string]>([
    ['no end', png().subarray(0, -12), 'ERR_OB_PNG'],
    ['no header', Buffer.concat([SIGNATURE, pixels, end]), 'ERR_OB_PNG'],
    ['a chunk longer than the file', lying(0x7fffffff), 'ERR_OB_PNG'],
    ['a chunk shorter than it is', lying(1), 'ERR_OB_PNG'],
    ['more chunks than a picture has', png(...new Array(60_000).fill(end2())), 'ERR_OB_TOO_LARGE'],
    [
      'more badges than anybody reads',
      png(...new Array(99).fill(forms[0]![1])),
      'ERR_OB_TOO_LARGE',
    ],
  ])('is not looked for in an image with %s', (_name, image, error) => {
    expect(() => unbakeAll(image)).toThrow(code(error))
  })

  function lying(length: number): Buffer {
    const image = Buffer.from(png())
    image.writeUInt32BE(length, 8)
    return image
  }

  function end2(): Buffer {
    return chunk('teSt')
  }
})

describe('a badge in an SVG', () => {
  it('stays beside one of the other version only when asked, each in its namespace', () => {
    const both = bake(bake(svg('<g/>'), two), three, { keepOther: true })
    expect(both).toEqual(bake(svg('<g/>'), [two, three]))
    expect(Buffer.from(both).toString()).toBe(
      `<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="${OB3}">` +
        `<openbadges:credential><![CDATA[{"name":"drei, 三, ]]]]><![CDATA[>"}]]></openbadges:credential>` +
        `<openbadges:assertion xmlns:openbadges="${OB2}" verify="https://e/1"><![CDATA[${two}]]>` +
        '</openbadges:assertion><g/></svg>',
    )
    expect(unbake(both)).toMatchObject({ text: three, others: ['2.0'] })
    expect(textsOf(both)).toEqual([three, two])
    const other = bake(bake(svg(), three), two, { keepOther: true })
    expect(textsOf(other)).toEqual([three, two])
    expect(textsOf(bake(both, '{"b":2}'))).toEqual(['{"b":2}'])
    expect(textsOf(bake(both, two))).toEqual([two])
  })

  it.each<[string, string, string]>([
    ['another prefix', `<ob:credential xmlns:ob="${OB3}">{}</ob:credential>`, '{}'],
    ['no prefix', `<credential xmlns="${OB3}">{}</credential>`, '{}'],
    ['entities', `<o:credential xmlns:o="${OB3}">{&quot;a&#34;:1}</o:credential>`, '{"a":1}'],
    ['comments', `<o:credential xmlns:o="${OB3}">{<!-- x -->}</o:credential>`, '{}'],
    ['single quotes', `<o:assertion xmlns:o='${OB2}' verify='https://e/1'/>`, 'https://e/1'],
    [
      'line ends in its attribute',
      `<o:assertion xmlns:o="${OB2}"\nverify="\nhttps://e/1\n"/>`,
      ' https://e/1 ',
    ],
    ['a depth of its own', `<g><o:assertion xmlns:o="${OB2}"\nverify="a.b.c"/></g>`, 'a.b.c'],
  ])('is read with %s, and replaced', (_name, inside, text) => {
    expect(unbake(svg(inside)).text).toBe(text)
    expect(textsOf(bake(svg(inside), three))).toEqual([three])
  })

  it.each<[string, Buffer]>([
    ['a byte order mark', Buffer.from(`\ufeff${svg('<g/>')}`)],
    ['a declaration', Buffer.from(`<?xml version='1.0' encoding='utf-8' ?>\r\n${svg('<g/>')}`)],
    ['both', Buffer.from(`\ufeff<?xml version="1.0"?>${svg('<g/>')}`)],
    ['comments and instructions', Buffer.from(`<!-- <svg> --><?a b?>\n${svg('<g/>')}<!-- c -->`)],
    [
      'UTF-16',
      Buffer.from(`\ufeff<?xml version="1.0" encoding="UTF-16"?>${svg('<g/>')}`, 'utf16le'),
    ],
    ['UTF-16 of the other order', Buffer.from(`\ufeff${svg('<g/>')}`, 'utf16le').swap16()],
    ['characters of many bytes', svg('<title>😀é学</title>')],
  ])('is baked into a picture with %s and read again, the rest untouched', (_name, image) => {
    const baked = bake(image, three)
    expect(unbake(baked).text).toBe(three)
    expect(bake(baked, '{}')).toEqual(bake(image, '{}'))
    const [before, after] = [image, baked].map((bytes) => bytes.subarray(0, 8))
    expect(after).toEqual(before)
    expect(Buffer.from(baked).subarray(-6)).toEqual(image.subarray(-6))
  })

  it.each<[string, string]>([
    ['a DOCTYPE', `<!DOCTYPE svg><svg xmlns:o="${OB3}"><o:credential>{}</o:credential></svg>`],
    ['an entity of its own', `<svg xmlns:o="${OB3}"><o:credential>&x;</o:credential></svg>`],
    ['a badge that is not closed', `<svg xmlns:o="${OB3}"><o:credential>{}`],
  ])('is refused with %s', (_name, source) => {
    expect(() => unbake(Buffer.from(source))).toThrow(code('ERR_OB_SVG'))
  })
})

describe('baking', () => {
  it('refuses two badges of one version, and none', () => {
    for (const texts of [[three, '{}'], [two, two], []]) {
      expect(() => bake(png(), texts)).toThrow(code('ERR_OB_INPUT'))
    }
  })
})
