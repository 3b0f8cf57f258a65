import { describe, expect, it } from 'vitest'
import type { RawEntry } from './envelope.js'
import { ReplyError } from './reply-cursor.js'
import { createReplyParser } from './reply-parser.js'

type Field = string | Buffer

const blob = (content: Field) =>
  Buffer.concat([
    Buffer.from(`$${Buffer.byteLength(content)}\r\n`),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ])

const array = (...items: Buffer[]) => Buffer.concat([Buffer.from(`*${items.length}\r\n`), ...items])

const entry = (id: string, fields: Field[]) => array(blob(id), array(...fields.map(blob)))

const answer = (...entries: Buffer[]) => array(array(blob('dev-learning'), array(...entries)))

const wireFields = (id: string, value: Field): Field[] => [
  ...['type', 'a.type', 'id', id, 'source', 'openedx/lms/web', 'time', '2026-11-22T00:09:25+00:00'],
  ...['minorversion', '0', 'sourcehost', 'hôte', 'sourcelib', '11.2.0', 'event_data', value],
]

const wireEntry = (position: string, id: string, value: string): RawEntry => ({
  topic: 'learning',
  position,
  headers: {
    type: 'a.type',
    id,
    source: 'openedx/lms/web',
    time: '2026-11-22T00:09:25+00:00',
    minorversion: '0',
    sourcehost: 'hôte',
    sourcelib: '11.2.0',
  },
  value: Buffer.from(value),
})

const parse = (...chunks: Buffer[]) => {
  const parser = createReplyParser('learning')
  return chunks.map((chunk) => parser.push(chunk)).at(-1)
}

const plain = (result: ReturnType<typeof parse>) =>
  Array.isArray(result) ? result.map((each) => ({ ...each, headers: { ...each.headers } })) : result

describe('the answer to XREADGROUP', () => {
  const bytes = answer(
    entry('1-0', wireFields('first', 'one\r\n*1\r\n')),
    entry('2-0', wireFields('second', '')),
    entry('3-0', ['event_data', 'alone']),
    entry('4-0', ['type', 'a.type', 'id', 'without payload']),
    entry('5-0', wireFields('third', 'three').with(8, 'otherversion')),
  )
  const { minorversion, ...headers } = wireEntry('5-0', 'third', 'three').headers
  const expected = [
    wireEntry('1-0', 'first', 'one\r\n*1\r\n'),
    wireEntry('2-0', 'second', ''),
    { topic: 'learning', position: '3-0', headers: {}, value: Buffer.from('alone') },
    {
      topic: 'learning',
      position: '4-0',
      headers: { type: 'a.type', id: 'without payload' },
      value: null,
    },
    { ...wireEntry('5-0', 'third', 'three'), headers: { ...headers, otherversion: '0' } },
  ]

  it('becomes entries, in the producer’s form or any other', () => {
    expect(plain(parse(bytes))).toEqual(expected)
    expect(minorversion).toBe('0')
  })

  it('may arrive in two pieces, cut anywhere', () => {
    for (let at = 1; at < bytes.length; at++) {
      const parts = [bytes.subarray(0, at), bytes.subarray(at)]
      expect(plain(parse(...parts)), `cut at ${at}`).toEqual(expected)
    }
  })

  it('may arrive byte by byte', () => {
    const parts = Array.from(bytes, (byte) => Buffer.of(byte))
    expect(plain(parse(...parts))).toEqual(expected)
  })

  it('is followed by the next answer on the same connection', () => {
    const parser = createReplyParser('learning')
    parser.push(bytes)
    expect(parser.push(Buffer.from('*-1\r\n'))).toEqual([])
    expect(plain(parser.push(bytes) ?? undefined)).toEqual(expected)
  })

  it('is empty when nothing came', () => {
    expect(parse(Buffer.from('*-'), Buffer.from('1\r'), Buffer.from('\n'))).toEqual([])
  })

  it('can be an error, even in pieces', () => {
    const result = parse(Buffer.from('-NOGROUP No such'), Buffer.from(' key\r\n'))
    expect(result).toEqual(new Error('NOGROUP No such key'))
  })

  it('is refused when it is something else', () => {
    expect(() => parse(Buffer.from('+PONG\r\n'))).toThrow(ReplyError)
    expect(() => parse(Buffer.from('*1\r\n+OK\r\n'))).toThrow(ReplyError)
  })
})
