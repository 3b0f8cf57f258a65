import { crc32, deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bake, detectImage, unbake } from './bake.js'
import { bakePng, unbakePng } from './png.js'
import { bakeSvg } from './svg.js'

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')

function chunk(type: string, data: Uint8Array = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(body.length + 8)
  frame.writeUInt32BE(data.length, 0)
  body.copy(frame, 4)
  frame.writeUInt32BE(crc32(body), body.length + 4)
  return frame
}

const header = chunk('IHDR', Buffer.from('00000001000000010806000000', 'hex'))
const pixels = chunk('IDAT', deflateSync(Buffer.from([0, 1, 2, 3, 4])))
const comment = chunk('tEXt', Buffer.from('Comment\0kept'))
const end = chunk('IEND')
const png = Buffer.concat([SIGNATURE, header, comment, pixels, pixels, end])
const svg = Buffer.from(
  '<?xml version="1.0"?>\n<!-- c --><svg xmlns="http://www.w3.org/2000/svg"/>',
)
const hosted = JSON.stringify({ '@context': 'https://w3id.org/openbadges/v2', id: 'https://e/1' })

const code = (name: string) => expect.objectContaining({ code: name })
const someJson = fc
  .dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' }))
  .map((value) => JSON.stringify(value))

describe('baking a PNG', () => {
  it('gives back what went in', () => {
    fc.assert(
      fc.property(someJson, (text) => {
        expect(unbake(bake(png, text))).toEqual({ kind: 'png', version: '3.0', text })
      }),
    )
  })

  it('puts an uncompressed iTXt before the pixels and keeps every other byte', () => {
    const data = Buffer.from('openbadgecredential\0\0\0\0\0{"é":"学"}', 'utf8')
    const expected = Buffer.concat([SIGNATURE, header, comment, chunk('iTXt', data)])
    expect(bakePng(png, '{"é":"学"}')).toEqual(Buffer.concat([expected, pixels, pixels, end]))
  })

  it('replaces the badge that was there', () => {
    expect(bake(bake(png, '{"a":1}'), '{"b":2}')).toEqual(bake(png, '{"b":2}'))
    expect(bake(bake(png, hosted), '{"b":2}')).toEqual(bake(png, '{"b":2}'))
  })

  it('uses the 2.0 keyword for a 2.0 assertion', () => {
    expect(unbakePng(bake(png, hosted))).toEqual({ keyword: 'openbadges', text: hosted })
  })

  it('reads a compressed chunk', () => {
    const data = Buffer.concat([Buffer.from('openbadges\0\x01\0\0\0'), deflateSync(hosted)])
    const image = Buffer.concat([SIGNATURE, header, pixels, chunk('iTXt', data), end])
    expect(unbake(image)).toEqual({ kind: 'png', version: '2.0', text: hosted })
  })

  it('refuses a compressed chunk that inflates without bound', () => {
    const bomb = deflateSync(Buffer.alloc(64 * 1024 * 1024))
    const data = Buffer.concat([Buffer.from('openbadges\0\x01\0\0\0'), bomb])
    const image = Buffer.concat([SIGNATURE, header, pixels, chunk('iTXt', data), end])
    expect(() => unbake(image)).toThrow(code('ERR_OB_PNG'))
  })

  it('refuses a wrong checksum in the chunk it reads', () => {
    const image = Buffer.from(bake(png, '{"a":1}'))
    image[image.indexOf('{"a":1}') + 5] = 0x32
    expect(() => unbake(image)).toThrow(code('ERR_OB_PNG'))
  })

  it('refuses a PNG cut off anywhere', () => {
    const image = bake(png, '{"a":1}')
    for (let length = 8; length < image.length; length++) {
      expect(() => unbake(image.subarray(0, length))).toThrow(code('ERR_OB_PNG'))
      expect(() => bake(image.subarray(0, length), '{}')).toThrow(code('ERR_OB_PNG'))
    }
  })

  it('refuses a chunk that claims to be huge', () => {
    const image = Buffer.from(png)
    image.writeUInt32BE(0xffffffff, 8)
    expect(() => unbake(image)).toThrow(code('ERR_OB_PNG'))
  })

  it('never does worse than refuse, whatever the bytes', () => {
    const image = Buffer.from(bake(png, '{"a":1}'))
    fc.assert(
      fc.property(fc.nat(image.length - 1), fc.nat(255), (at, byte) => {
        const broken = Buffer.from(image)
        broken[at] = byte
        try {
          unbake(broken)
        } catch (error) {
          expect(error).toMatchObject({ name: 'OpenBadgesError' })
        }
      }),
    )
  })
})

describe('baking an SVG', () => {
  it('gives back what went in', () => {
    fc.assert(
      fc.property(someJson, (text) => {
        const back = unbake(bake(svg, text))
        expect(back).toMatchObject({ kind: 'svg', version: '3.0' })
        expect(JSON.parse(back.text)).toEqual(JSON.parse(text))
      }),
    )
  })

  it('gives back the exact text unless XML cannot hold it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (word) => {
        const text = JSON.stringify({ word, end: ']]>' })
        expect(unbake(bake(svg, text)).text).toBe(text)
      }),
    )
  })

  it('writes the element first in the root and the namespace on the root', () => {
    const source =
      '<svg xmlns="http://www.w3.org/2000/svg" a=\'xmlns:openbadges="x"\'><g>é</g></svg>'
    expect(Buffer.from(bakeSvg(Buffer.from(source), '{"a":"]]>"}')).toString()).toBe(
      '<svg xmlns="http://www.w3.org/2000/svg" a=\'xmlns:openbadges="x"\'' +
        ' xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"><openbadges:credential>' +
        '<![CDATA[{"a":"]]]]><![CDATA[>"}]]></openbadges:credential><g>é</g></svg>',
    )
  })

  it('replaces the badge that was there, of either version', () => {
    expect(bake(bake(svg, hosted), '{"b":2}')).toEqual(bake(svg, '{"b":2}'))
    expect(bake(bake(svg, '{"b":2}'), hosted)).toEqual(bake(svg, hosted))
  })

  it('puts a compact JWS into the verify attribute', () => {
    const baked = bake(svg, 'eyJh.eyJi.c2ln')
    expect(Buffer.from(baked).toString()).toContain(
      '<openbadges:credential verify="eyJh.eyJi.c2ln"/>',
    )
    expect(unbake(baked).text).toBe('eyJh.eyJi.c2ln')
  })

  it.each([
    ['a DOCTYPE with entities', '<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>'],
    ['an undefined entity', '<svg>&a;</svg>'],
    ['an unclosed element', '<svg><g></svg>'],
    ['another root', '<svgx><svg/></svgx>'],
    ['a second root', '<svg/><svg/>'],
    ['another encoding', '<?xml version="1.0" encoding="latin1"?><svg/>'],
  ])('refuses %s', (_name, source) => {
    expect(() => bake(Buffer.from(source), '{}')).toThrow(/cannot be read|neither a PNG nor/)
  })

  it('says so when there is no badge inside', () => {
    expect(() => unbake(svg)).toThrow(code('ERR_OB_NOT_BAKED'))
    expect(() => unbake(png)).toThrow(code('ERR_OB_NOT_BAKED'))
  })
})

describe('telling images apart', () => {
  it.each([
    ['png', png],
    ['svg', svg],
    [undefined, Buffer.from('<html></html>')],
    [undefined, Buffer.from('{}')],
    [undefined, Buffer.alloc(0)],
  ])('answers %s', (kind, bytes) => {
    expect(detectImage(bytes)).toBe(kind)
  })
})
