import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keyKinds, parseKey } from '../index.js'
import { canonicalKey } from './canonical-key.js'

const HEX = '519665f6223ebd6980884f2b'

describe('opaque keys', () => {
  it.each([
    ['CourseKey', 'course-v1:Org+Course.1+2024', 'course-v1:Org+Course.1+2024'],
    ['CourseKey', 'slashes:a+b+c', 'course-v1:a+b+c'],
    ['CourseKey', 'a/b/c', 'a/b/c'],
    ['CourseKey', 'a/b/', 'a/b/'],
    ['CourseKey', 'course-v1:Órg+курс+½', 'course-v1:Órg+курс+½'],
    ['CourseKey', `course-v1:version@${HEX}`, `course-v1:version@${HEX}`],
    ['CourseKey', `course-v1:a+b+branch@x+version@${HEX}`, `course-v1:version@${HEX}`],
    ['CourseKey', 'course-v1:a+b+c+type@t+block@x', 'course-v1:a+b+c'],
    ['CourseKey', 'ccx-v1:a+b+c+ccx@1', 'ccx-v1:a+b+c+ccx@1'],
    ['CourseKey', 'library-v1:a+b+branch@d', 'library-v1:a+b+branch@d'],
    ['CourseKey', 'library-v1:a+b+c', 'library-v1:a+b'],
    ['CCXLocator', 'ccx-v1:a+b+c+BRANCH@d+CCX@007', 'ccx-v1:a+b+c+branch@d+ccx@007'],
    ['UsageKey', 'block-v1:a+b+c+block@x', 'block-v1:a+b+c+type@None+block@x'],
    [
      'UsageKey',
      'ccx-block-v1:a+b+c+ccx@1+type@t+block@x',
      'ccx-block-v1:a+b+c+ccx@1+type@t+block@x',
    ],
    ['UsageKey', 'lib-block-v1:a+b+type@t+block@x', 'lib-block-v1:a+b+type@t+block@x'],
    ['UsageKey', 'lb:a:b:c:слово', 'lb:a:b:c:слово'],
    ['UsageKey', 'i4x://o/c/problem/na:me@draft', 'i4x://o/c/problem/na:me@draft'],
    ['LibraryLocatorV2', 'lib:A.b-c:слово', 'lib:A.b-c:слово'],
    ['LibraryUsageLocatorV2', 'lb:a:b:c:d', 'lb:a:b:c:d'],
    ['LibraryCollectionLocator', 'lib-collection:a:b:c', 'lib-collection:a:b:c'],
    ['LibraryContainerLocator', 'lct:a:b:unit:c', 'lct:a:b:unit:c'],
  ] as const)('%s %s is written %s', (kind, text, canonical) => {
    expect(parseKey(kind, text)).toMatchObject({ ok: true, canonical })
  })

  it.each([
    ['CourseKey', '', 'neither'],
    ['CourseKey', 'course-v1:a+b', 'the run is missing'],
    ['CourseKey', 'course-v1:a+b+c+d', 'too many'],
    ['CourseKey', 'course-v1:a+b+c+', 'a part is empty'],
    ['CourseKey', 'course-v1:a+b+c\n', 'not allowed'],
    ['CourseKey', 'course-v1:a+b+c d', 'not allowed'],
    ['CourseKey', 'course-v1:a+b+c+ccx@1', '"ccx@" is not known here'],
    ['CourseKey', 'course-v1:a+b+c+version@zz', 'no valid version'],
    ['CourseKey', `course-v1:a+b+c+version@${HEX}+branch@d`, 'out of place'],
    ['CourseKey', 'Course-v1:a+b+c', 'neither'],
    ['CourseKey', 'lib:a:b', 'neither'],
    ['CourseKey', 'a//c', 'not allowed'],
    ['CCXLocator', 'ccx-v1:a+b+c', '"ccx@" part is missing'],
    ['CCXLocator', 'course-v1:a+b+c', 'namespace of CCXLocator'],
    ['UsageKey', 'block-v1:a+b+c+type@t', '"block@" part is missing'],
    ['UsageKey', 'lib-block-v1:a+b+block@x', '"type@" part is missing'],
    ['UsageKey', 'i4x://o/c/t', 'i4x://'],
    ['LibraryLocatorV2', 'lib:Ó:x', 'not a valid org'],
    ['LibraryLocatorV2', 'lib:a:b\n', 'not a valid library slug'],
    ['LibraryLocatorV2', 'lib:a:b:c', 'needs 2 parts'],
  ] as const)('%s %j is refused: %s', (kind, text, reason) => {
    expect(parseKey(kind, text)).toEqual({ ok: false, reason: expect.stringContaining(reason) })
    expect(canonicalKey(kind, text)).toBeNull()
  })

  it('names the parts as Open edX does', () => {
    expect(parseKey('UsageKey', 'i4x://o/c/problem/p')).toEqual({
      ok: true,
      kind: 'BlockUsageLocator',
      canonical: 'i4x://o/c/problem/p',
      parts: {
        course_key: { org: 'o', course: 'c', run: null, branch: null, version_guid: null },
        block_type: 'problem',
        block_id: 'p',
      },
      deprecated: true,
    })
  })

  it('read their own canonical form to the same text and kind', () => {
    fc.assert(
      fc.property(fc.constantFrom(...keyKinds), writtenKey, (kind, text) => {
        const first = parseKey(kind, text)
        if (!first.ok) return
        const second = parseKey(kind, first.canonical)
        expect(second).toMatchObject({ kind: first.kind, canonical: first.canonical })
        expect(canonicalKey(kind, text)).toBe(first.canonical)
      }),
      { numRuns: 3000 },
    )
  })
})

const namespaces = [
  'course-v1:',
  'slashes:',
  'ccx-v1:',
  'library-v1:',
  'block-v1:',
  'ccx-block-v1:',
  'lib-block-v1:',
  'lb:',
  'lib:',
  'lct:',
  'lib-collection:',
  'i4x://',
  '',
]
const sections = ['branch@d', `version@${HEX}`, 'ccx@1', 'type@t', 'block@x', 'CCX@2', 'é', '']
const writtenKey = fc
  .tuple(
    fc.constantFrom(...namespaces),
    fc.array(fc.constantFrom('a', 'B.c', 'д-е', 'f_1', 'x:y'), { minLength: 1, maxLength: 4 }),
    fc.subarray(sections),
    fc.constantFrom('+', ':', '/'),
  )
  .map(([namespace, parts, named, separator]) => namespace + [...parts, ...named].join(separator))
