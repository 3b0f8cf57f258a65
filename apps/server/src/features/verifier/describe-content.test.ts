import { expect, it } from 'vitest'
import { describeContent } from './describe-content.js'

const bytes = (hex: string) => Buffer.from(hex, 'hex')

it.each([
  ['a PNG picture', bytes('89504e470d0a1a0a')],
  ['a JPEG photo', bytes('ffd8ffe000104a464946')],
  ['a GIF picture', Buffer.from('GIF89a')],
  ['a WebP picture', Buffer.from('RIFF\0\0\0\0WEBPVP8 ')],
  ['a PDF document', Buffer.from('%PDF-1.7')],
  ['an archive or an office document', bytes('504b0304')],
  ['a web page', '  <!DOCTYPE html><title>x</title>'],
  ['an SVG picture', '<?xml version="1.0"?><svg xmlns="x"/>'],
  ['JSON', Buffer.from(' {"a": 1}')],
  ['an e-mail address', 'ada@learners.example'],
  ['text', 'hello'],
  ['a file of a kind that is not known here', bytes('0001020304')],
])('recognises %s', (is, content) => {
  expect(describeContent(content)).toMatchObject({ is })
})

it('says nothing of an object', () => {
  expect(describeContent({})).toBeUndefined()
})
