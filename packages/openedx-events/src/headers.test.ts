import { describe, expect, it } from 'vitest'
import {
  canonicalUuid,
  createMetadata,
  EventError,
  parseHeaders,
  toHeaders,
  uuidV1,
  uuidV5,
} from './index.js'

const headers = {
  type: 'org.openedx.learning.badge.awarded.v1',
  id: '11111111-2222-1333-8444-555555555555',
  source: 'openedx/lms/web',
  time: '2026-11-22T00:09:25.200267+00:00',
  minorversion: '0',
  sourcehost: 'lms-1',
  sourcelib: '11.2.0',
}

describe('event metadata', () => {
  it('goes into headers in the order of Open edX and comes back equal', () => {
    const metadata = parseHeaders(headers)
    expect(metadata).toEqual({
      eventType: 'org.openedx.learning.badge.awarded.v1',
      id: '11111111-2222-1333-8444-555555555555',
      source: 'openedx/lms/web',
      time: '2026-11-22T00:09:25.200267+00:00',
      minorversion: 0,
      sourcehost: 'lms-1',
      sourcelib: [11, 2, 0],
    })
    expect(toHeaders(metadata)).toEqual(Object.entries(headers))
  })

  it('takes defaults for what is absent or empty', () => {
    const { type, id, time } = headers
    expect(parseHeaders({ type, id, time, source: '', sourcelib: '' })).toEqual(
      createMetadata({ eventType: type, id, time }),
    )
  })

  it.each([
    [{ type: '' }, 'type: the header is missing or empty'],
    [{ id: '' }, 'id: the header is missing or empty'],
    [{ id: 'not-a-uuid' }, 'id: "not-a-uuid" is no UUID'],
    [{ time: '' }, 'time: the header is missing or empty'],
    [{ time: 'now' }, 'time: "now" is no ISO 8601 datetime'],
    [{ time: '2026-11-22T00:09:25' }, 'has no offset'],
    [{ time: '2026-11-22T00:09:25+01:00' }, 'is not in UTC'],
    [{ minorversion: '1.5' }, 'minorversion: "1.5" is not a whole number'],
    [{ sourcelib: '11.2.0rc1' }, 'sourcelib: "11.2.0rc1" is not whole numbers'],
  ])('is refused with %j', (change, reason) => {
    const parse = () => parseHeaders({ ...headers, ...change })
    expect(parse).toThrow(EventError)
    expect(parse).toThrow(reason)
    expect(parse).toThrow(expect.objectContaining({ code: 'ERR_EVENT_HEADERS' }))
  })

  it('accepts Z for UTC and any written form of a UUID', () => {
    const id = '{11111111222213338444555555555555}'
    expect(parseHeaders({ ...headers, id, time: '2026-11-22T00:09:25Z' })).toMatchObject({
      id: headers.id,
      time: '2026-11-22T00:09:25+00:00',
    })
  })

  it('makes the same id from the same entry, and another from another', () => {
    const idOf = (bytes: number[], change = {}) =>
      parseHeaders({ ...headers, ...change, id: '' }, { payload: Uint8Array.from(bytes) }).id
    expect(idOf([1, 2])).toBe(idOf([1, 2]))
    expect(idOf([1, 2])).not.toBe(idOf([1, 3]))
    expect(idOf([1, 2])).not.toBe(idOf([1, 2], { time: '2026-11-22T00:09:26+00:00' }))
  })

  it('takes the time of arrival for an entry without a time', () => {
    const time = '2026-11-22T10:00:00+00:00'
    expect(parseHeaders({ ...headers, time: '' }, { time })).toMatchObject({ time })
  })
})

describe('UUIDs', () => {
  it('of version 5 are those of the standard', () => {
    // The DNS namespace and the name of RFC 9562, appendix A.4.
    const dns = '6ba7b810-9dad-11d1-80b4-00c04fd430c8'
    expect(uuidV5(dns, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2')
  })

  it('of version 1 carry the time', () => {
    // The time of RFC 9562, appendix A.1.
    const random = Buffer.from('b3c89f6bdeced846', 'hex')
    expect(uuidV1(Date.UTC(2022, 1, 22, 19, 22, 22), random)).toBe(
      'c232ab00-9414-11ec-b3c8-9f6bdeced846',
    )
  })

  it('are refused unless they have 32 hexadecimal digits', () => {
    expect(canonicalUuid('11111111-2222-1333-8444-55555555555')).toBeNull()
    expect(canonicalUuid('g1111111-2222-1333-8444-555555555555')).toBeNull()
    expect(canonicalUuid('urn:uuid:C232AB00-9414-11EC-B3C8-9F6BDECED846')).toBe(
      'c232ab00-9414-11ec-b3c8-9f6bdeced846',
    )
  })
})
