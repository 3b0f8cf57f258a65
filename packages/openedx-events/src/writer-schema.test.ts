import { describe, expect, it } from 'vitest'
import {
  avroSchemaOf,
  createDecoder,
  decodeEvent,
  encodeEvent,
  signalOf,
  signals,
} from './index.js'

const registration = signalOf('org.openedx.learning.student.registration.completed.v1')!
const enrollment = signalOf('org.openedx.learning.course.enrollment.created.v1')!

const field = (name: string, type: unknown) => ({ name, type })
const record = (name: string, fields: unknown[]) => ({ type: 'record', name, fields })
const event = (user: unknown) => ({
  ...record('CloudEvent', [field('user', user)]),
  namespace: 'x.y',
})
const pii = ['username', 'email', 'name'].map((name) => field(name, 'string'))
const ann = { id: 3, is_active: true, pii: { username: 'ann', email: 'a@b.c', name: '' } }

const bytesOf = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')

describe('a decoder for a producer with a schema of its own', () => {
  it('reads events of the same schema as they are', () => {
    for (const signal of signals)
      expect(() => createDecoder(signal, avroSchemaOf(signal))).not.toThrow()
    const decode = createDecoder(
      registration,
      JSON.parse(JSON.stringify(avroSchemaOf(registration))),
    )
    const bytes = encodeEvent(registration, { user: ann })
    expect(decode(bytes)).toStrictEqual(decodeEvent(registration, bytes))
  })

  it('drops what only the producer has, in whatever order it stands', () => {
    const extras = [
      field('joined', ['null', 'double']),
      field('tags', { type: 'array', items: 'string' }),
      field('scores', { type: 'map', values: 'float' }),
      field('rank', { type: 'enum', name: 'Rank', symbols: ['low', 'high'] }),
      field('digest', { type: 'fixed', name: 'Digest', size: 2 }),
    ]
    const schema = event(
      record('UserData', [
        field('pii', record('UserPersonalData', pii)),
        ...extras,
        field('other', ['null', 'UserPersonalData']),
        field('is_active', 'boolean'),
        field('id', 'int'),
      ]),
    )
    const person = '06 616e6e 0a 6140622e63 00'
    const hex = `${person} 02 000000000000f03f 02 02 61 00 02 02 61 0000803f 00 02 abcd 02 ${person} 01 06`
    expect(createDecoder(registration, schema)(bytesOf(hex))).toStrictEqual({ user: ann })
  })

  it('fills a nullable field that the producer lacks', () => {
    const full = avroSchemaOf(enrollment)
    const schema = JSON.parse(JSON.stringify(full))
    schema.fields[0].type.fields.pop()
    const data = {
      enrollment: {
        user: ann,
        course: { course_key: 'course-v1:a+b+c', display_name: '', start: null, end: null },
        mode: 'honor',
        is_active: true,
        creation_date: '2024-01-02T03:04:05+00:00',
        created_by: null,
      },
    }
    // The missing field is the last one and null, so its one byte is all that is left out.
    const bytes = encodeEvent(enrollment, data).subarray(0, -1)
    expect(createDecoder(enrollment, schema)(bytes)).toStrictEqual(data)
  })

  it('refuses an event that lacks a required field', () => {
    const decode = createDecoder(registration, event(record('UserData', [field('id', 'long')])))
    expect(() => decode(bytesOf('06'))).toThrow('no value and no default for is_active')
  })

  it.each([
    ['a number', 5, 'is neither a name'],
    ['an unknown name', event('Nobody'), 'at "user" names an unknown type "Nobody"'],
    ['a record without fields', event({ type: 'record', name: 'A' }), 'without fields'],
    ['a type inside itself', event(record('A', [field('a', 'A')])), 'unknown type "A"'],
  ])('refuses %s for a schema', (_, schema, reason) => {
    const create = () => createDecoder(registration, schema)
    expect(create).toThrow(expect.objectContaining({ code: 'ERR_EVENT_SCHEMA' }))
    expect(create).toThrow(reason)
  })
})
