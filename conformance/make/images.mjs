// The smallest pictures that carry a badge, chunk by chunk and element by element.
import { crc32, deflateSync } from 'node:zlib'

const signature = Buffer.from('89504e470d0a1a0a', 'hex')

/** A chunk of a PNG. */
export function chunk(type, ...data) {
  const body = Buffer.concat([type, ...data].map((part) => Buffer.from(part)))
  const frame = Buffer.alloc(body.length + 8)
  frame.writeUInt32BE(body.length - 4, 0)
  body.copy(frame, 4)
  frame.writeUInt32BE(crc32(body), body.length + 4)
  return frame
}

const header = chunk('IHDR', Buffer.from('00000001000000010806000000', 'hex'))
const pixels = chunk('IDAT', deflateSync(Buffer.from([0, 0x33, 0x66, 0x99, 0xff])))
const end = chunk('IEND')

/** A picture of one pixel with these chunks before its pixel. */
export function png(...chunks) {
  return Buffer.concat([signature, header, ...chunks, pixels, end])
}

/** The same with chunks behind its pixel, as other bakers write. */
export function pngBehind(...chunks) {
  return Buffer.concat([signature, header, pixels, ...chunks, end])
}

export const iTXt = (keyword, text) => chunk('iTXt', `${keyword}\0\0\0\0\0`, text)
export const compressed = (keyword, text) =>
  chunk('iTXt', `${keyword}\0\x01\0\0\0`, deflateSync(Buffer.from(text)))
export const tEXt = (keyword, text) => chunk('tEXt', `${keyword}\0`, text)
export const zTXt = (keyword, text) =>
  chunk('zTXt', `${keyword}\0\0`, deflateSync(Buffer.from(text)))

/** A drawing with this inside. */
export function svg(inside, namespace) {
  const root = namespace === undefined ? '' : ` xmlns:openbadges="${namespace}"`
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg"${root} viewBox="0 0 1 1">${inside}<path d="M0 0h1v1z"/></svg>
`
}

const inData = (text) => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
export const namespaces = { 3: 'https://purl.imsglobal.org/ob/v3p0', 2: 'http://openbadges.org' }
export const bodySvg = (json) =>
  svg(`<openbadges:credential>${inData(json)}</openbadges:credential>`, namespaces[3])
export const verifySvg = (jws) => svg(`<openbadges:credential verify="${jws}"/>`, namespaces[3])
export const assertionSvg = (verify, json) =>
  svg(
    `<openbadges:assertion verify="${verify}">${json === undefined ? '' : inData(json)}</openbadges:assertion>`,
    namespaces[2],
  )
