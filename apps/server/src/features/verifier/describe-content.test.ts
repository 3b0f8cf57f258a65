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
  ['a web page', '<html><a href="https://badges.example/1">x</a>'],
  ['a signed badge that is not whole', 'eyJhbGciOiJ.eyJ'],
  ['an SVG picture', '<!DOCTYPE svg [<!ENTITY a "b">]><svg/>'],
  ['an SVG picture', '<?xml version="1.0"?><svg xmlns="x"/>'],
  ['an e-mail address', 'ada@learners.example'],
  ['text without a badge in it', 'Grüße, hello'],
  ['text without a badge in it', Buffer.from('Grüße 天文台')],
  ['a text that was saved as UTF-16', Buffer.from('\ufeff{}', 'utf16le')],
  ['a list', '[{}]'],
  ['JSON whose quotation marks were changed into round ones', '{ “a”: 1 }'],
  ['JSON whose end is missing', Buffer.from('{ "a": ')],
  ['the name of a site', 'badges.example.org'],
  ['a link of a kind that is not asked', 'ftp://badges.example/1'],
  ['a link of a kind that is not asked', 'mailto:ada@learners.example'],
  ['a file of a kind that is not known here', bytes('0001020304')],
])('recognises %s', (is, content) => {
  expect(describeContent(content)).toMatchObject({ is })
})

it('says nothing of an object, or of whole JSON, which its report describes better', () => {
  expect(describeContent({})).toBeUndefined()
  expect(describeContent('data:application/json,x')).toBeUndefined()
  expect(describeContent(Buffer.from(' {"a": 1}'))).toBeUndefined()
})

it.each([
  ['Dear Ada,\n```json\n{"a": {"b": 1}}\n```', '{"a": {"b": 1}}'],
  ['See https://badges.example/1 {"a": 1}', '{"a": 1}'],
  ['My badge: https://badges.example/1?x=2.', 'https://badges.example/1?x=2'],
  ['<https://badges.example/1>, look', 'https://badges.example/1'],
])('takes the part out of "%s" that may be a badge', (text, instead) => {
  expect(describeContent(text)?.instead).toBe(instead)
})
