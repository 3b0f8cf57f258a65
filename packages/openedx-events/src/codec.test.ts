import { describe, expect, it } from 'vitest'
import { decodeEvent, encodeEvent, parseEventData, signalOf } from './index.js'

const learning = (suffix: string) => signalOf(`org.openedx.learning.${suffix}.v1`)!
const registration = learning('student.registration.completed')
const passing = learning('course.passing.status.updated')
const launch = learning('lti_provider.launch.success')

// id 3, active, "ann", "a@b.c", "" — zig-zag 06, true 01, then lengths doubled before their texts.
const ANN = '06 01 06 616e6e 0a 6140622e63 00'
const ann = { id: 3, is_active: true, pii: { username: 'ann', email: 'a@b.c', name: '' } }
const status = {
  is_passing: true,
  course: { course_key: 'course-v1:a+b+c', display_name: '', start: null, end: null },
  user: ann,
}
const COURSE = '1e 636f757273652d76313a612b622b63'

const bytesOf = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')

const textOf = (text: string) => {
  const bytes = Buffer.from(text)
  return (bytes.length * 2).toString(16).padStart(2, '0') + bytes.toString('hex')
}

const aLaunch = (extra_params: Record<string, string>) => ({
  user: ann,
  course_key: 'course-v1:a+b+c',
  usage_key: 'block-v1:a+b+c+type@t+block@x',
  launch_params: { roles: '', context_id: '', user_id: '', extra_params },
})

const aThread = {
  body: '',
  commentable_id: '',
  id: '',
  truncated: false,
  url: '',
  user: ann,
  course_id: 'course-v1:a+b+c',
  user_course_roles: [],
  user_forums_roles: [],
}

describe('the event codec', () => {
  it('reads and writes an event written out by hand', () => {
    expect(decodeEvent(registration, bytesOf(ANN))).toStrictEqual({ user: ann })
    expect(encodeEvent(registration, { user: ann })).toEqual(bytesOf(ANN))
    const hex = `01 ${COURSE} 00 00 00 ${ANN}`
    expect(decodeEvent(passing, bytesOf(hex))).toStrictEqual({ course_passing_status: status })
    expect(encodeEvent(passing, { course_passing_status: status })).toEqual(bytesOf(hex))
  })

  it.each([
    [0, '00'],
    [-1, '01'],
    [64, '8001'],
    [-(2 ** 31), 'ffffffff0f'],
    [2 ** 52 + 1, '8280808080808010'],
    [2 ** 53 - 1, 'feffffffffffff1f'],
    [-(2 ** 53 - 1), 'fdffffffffffff1f'],
  ])('writes %d as %s', (id, hex) => {
    const bytes = bytesOf(hex + ANN.slice(2))
    expect(encodeEvent(registration, { user: { ...ann, id } }).toString('hex')).toBe(
      bytes.toString('hex'),
    )
    expect(decodeEvent(registration, bytes)).toStrictEqual({ user: { ...ann, id } })
  })

  it('ignores bytes after the event, and takes any byte array', () => {
    const bytes = Uint8Array.from(bytesOf(`${ANN} ff ff`))
    expect(decodeEvent(registration, bytes)).toStrictEqual({ user: ann })
  })

  it('keeps false, zero and empty values of fields that have a default', () => {
    const thread = learning('forum.thread.created')
    const data = { ...aThread, anonymous: false, group_id: 0, title: '', options: {} }
    const decoded = decodeEvent(thread, encodeEvent(thread, { thread: data }))
    expect(decoded).toMatchObject({ thread: { anonymous: false, group_id: 0, title: '' } })
  })

  it('gives keys and datetimes in canonical form, both ways', () => {
    const start = '2024-01-02 03:04:05Z'
    const course = { course_key: 'slashes:a+b+c', display_name: '', start }
    const data = { course_passing_status: { ...status, course } }
    const expected = {
      course_passing_status: {
        ...status,
        course: { ...status.course, start: '2024-01-02T03:04:05+00:00' },
      },
    }
    expect(parseEventData(passing, data)).toStrictEqual(expected)
    expect(decodeEvent(passing, encodeEvent(passing, data))).toStrictEqual(expected)
    const slashes = `01 1a ${Buffer.from('slashes:a+b+c').toString('hex')} 00 00 00 ${ANN}`
    expect(decodeEvent(passing, bytesOf(slashes))).toStrictEqual({ course_passing_status: status })
  })

  it('writes the entries of a map in the order of their code points', () => {
    const extra_params = { b: '', '10': '', '9': '', '\u{1F600}': '', '\uFFFD': '', __proto__x: '' }
    const bytes = encodeEvent(launch, { launch_data: aLaunch(extra_params) })
    const keys = ['10', '9', '__proto__x', 'b', '\uFFFD', '\u{1F600}']
    const entries = keys.map((key) => `${textOf(key)} 00`).join(' ')
    expect(bytes.toString('hex').endsWith(bytesOf(`0c ${entries} 00`).toString('hex'))).toBe(true)
  })

  it('keeps a map entry that has the name of a prototype', () => {
    const extra_params = JSON.parse('{"__proto__": "x"}')
    const decoded = decodeEvent(launch, encodeEvent(launch, { launch_data: aLaunch(extra_params) }))
    expect(JSON.stringify(decoded)).toContain('"extra_params":{"__proto__":"x"}')
  })

  it('reads maps and lists in blocks of either sign', () => {
    const start = encodeEvent(launch, { launch_data: aLaunch({}) })
      .toString('hex')
      .slice(0, -2)
    // Two blocks: one entry with its size in bytes before it, then one without.
    const blocks = '01 08 02 61 02 78 02 02 62 02 79 00'
    expect(decodeEvent(launch, bytesOf(start + blocks))).toMatchObject({
      launch_data: { launch_params: { extra_params: { a: 'x', b: 'y' } } },
    })
  })

  it.each([
    ['nothing', '', 'ERR_EVENT_TRUNCATED', '"id"'],
    [
      'an event cut short',
      '06 01 06 616e',
      'ERR_EVENT_TRUNCATED',
      '"pii.username" 3 bytes are needed, 2 are left',
    ],
    ['a number without an end', 'ff ff', 'ERR_EVENT_TRUNCATED', 'goes on past the end'],
    [
      'a number of eleven bytes',
      `${'ff'.repeat(10)}01`,
      'ERR_EVENT_CORRUPT',
      'longer than 64 bits',
    ],
    [
      'a number beyond 2^53',
      'feffffffffffffffff01',
      'ERR_EVENT_FIELD',
      '"id" a number is beyond 2^53 - 1',
    ],
    ['a boolean of 2', '06 02', 'ERR_EVENT_CORRUPT', '"is_active" a boolean is 2'],
    ['a negative length', '06 01 01', 'ERR_EVENT_CORRUPT', 'a text is -1 bytes long'],
    ['an absurd length', '06 01 feffffffff7f', 'ERR_EVENT_TRUNCATED', 'bytes are needed'],
    ['bytes that are not UTF-8', '06 01 02 ff 00 00', 'ERR_EVENT_CORRUPT', 'not UTF-8'],
  ])('refuses %s', (...[, hex, code, reason]) => {
    const decode = () => decodeEvent(registration, bytesOf(hex))
    expect(decode).toThrow(expect.objectContaining({ name: 'EventError', code }))
    expect(decode).toThrow(reason)
    expect(decode).toThrow(registration.eventType)
  })

  it.each([
    [
      'an unknown branch of a union',
      `01 ${COURSE} 00 04`,
      'ERR_EVENT_CORRUPT',
      '"course.start" there is no union branch 2',
    ],
    [
      'a key that does not parse',
      `01 06 ${Buffer.from('foo').toString('hex')}`,
      'ERR_EVENT_KEY',
      '"course.course_key": "foo" is no CourseKey',
    ],
    [
      'a datetime that does not parse',
      `01 ${COURSE} 00 02 02 78`,
      'ERR_EVENT_FIELD',
      '"course.start": "x" is no ISO 8601 datetime',
    ],
  ])('refuses %s', (...[, hex, code, reason]) => {
    const decode = () => decodeEvent(passing, bytesOf(hex))
    expect(decode).toThrow(expect.objectContaining({ code }))
    expect(decode).toThrow(reason)
  })

  it('refuses a count that the bytes cannot hold, without allocating for it', () => {
    const start = encodeEvent(launch, { launch_data: aLaunch({}) })
      .toString('hex')
      .slice(0, -2)
    const decode = () => decodeEvent(launch, bytesOf(`${start} feffffffffff1f`))
    expect(decode).toThrow(expect.objectContaining({ code: 'ERR_EVENT_TRUNCATED' }))
  })

  it.each([
    ['no payload', {}, 'no value and no default for course_passing_status'],
    [
      'a missing field',
      { course_passing_status: { ...status, user: { id: 1 } } },
      'no value and no default for is_active',
    ],
    [
      'a null',
      { course_passing_status: { ...status, is_passing: null } },
      '"course_passing_status.is_passing": must not be null',
    ],
    [
      'a text for a boolean',
      { course_passing_status: { ...status, is_passing: 'yes' } },
      'must be true or false',
    ],
    [
      'a fraction',
      { course_passing_status: { ...status, user: { ...ann, id: 1.5 } } },
      'must be a whole number',
    ],
    [
      'half a character',
      {
        course_passing_status: { ...status, user: { ...ann, pii: { ...ann.pii, name: '\uD800' } } },
      },
      'not well-formed',
    ],
    [
      'a bad key',
      { course_passing_status: { ...status, course: { course_key: 'x', display_name: '' } } },
      '"x" is no CourseKey',
    ],
    ['a list', { course_passing_status: [] }, 'must be an object'],
  ])('refuses to write %s', (_, data, reason) => {
    expect(() => encodeEvent(passing, data)).toThrow(reason)
  })

  it('drops entries that the data class does not know', () => {
    const data = { course_passing_status: { ...status, extra: 1 }, other: 2 }
    expect(parseEventData(passing, data)).toStrictEqual({ course_passing_status: status })
  })
})
