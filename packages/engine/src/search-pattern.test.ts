import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assertLaw } from './builders.features.js'
import { PatternRefused, parsePattern } from './parse-pattern.js'
import { searchPattern } from './search-pattern.js'

const literal = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\w', '\\d', '\\.', '😀', '\\u{61}')
const { pattern } = fc.letrec<{ pattern: string; part: string }>((tie) => ({
  part: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    literal,
    tie('pattern').map((inner) => `(?:${inner})`),
    fc
      .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{2,}', '*?', '{0}'))
      .map(([inner, times]) => `(${inner})${times}`),
  ),
  pattern: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('part'),
    fc.tuple(tie('part'), tie('part')).map((parts) => parts.join('')),
    fc.tuple(tie('part'), tie('part')).map((parts) => parts.join('|')),
    tie('part').map((part) => `^${part}`),
    tie('part').map((part) => `${part}$`),
  ),
}))
const text = fc
  .array(fc.constantFrom('a', 'b', '1', '.', '😀', '\n'), { maxLength: 6 })
  .map((characters) => characters.join(''))

describe('patterns', () => {
  it('find what the regular expressions of the platform find', () => {
    assertLaw(
      fc.property(pattern, text, (source, subject) => {
        fc.pre(source.length <= 200)
        const found = searchPattern(parsePattern(source), subject)
        expect(found).toBe(new RegExp(source, 'u').test(subject))
      }),
    )
  })

  it.each(['(a+)+$', '(a|a)*b$', '(a|aa)+$', '(?:a*)*b$', 'a*a*a*a*a*a*a*a*a*a*b$'])(
    'are followed in linear time where backtracking would not end: %s',
    (source) => {
      expect(searchPattern(parsePattern(source), `${'a'.repeat(4_000)}!`)).toBe(false)
    },
  )

  it.each([
    ['(', 'not a regular expression'],
    ['a{2,1}', 'not a regular expression'],
    ['(a)\\1', 'Back references'],
    ['(?<x>a)\\k<x>', 'named groups'],
    ['(?=a)', 'Look-around'],
    ['(?<!a)b', 'Look-around'],
    ['\\bword', 'Word boundaries'],
    ['((a{30}){30}){30}', 'too large'],
  ])('that cannot be followed so are refused: %s', (source, reason) => {
    expect(() => parsePattern(source)).toThrow(PatternRefused)
    expect(() => parsePattern(source)).toThrow(reason)
  })

  it('over 200 characters are refused', () => {
    expect(() => parsePattern('a'.repeat(201))).toThrow('at most 200')
  })

  it('end even when empty groups are repeated beyond measure', () => {
    const nest = `${'('.repeat(20)}${'){999}'.repeat(20)}`
    expect(searchPattern(parsePattern(nest), 'anything')).toBe(true)
  })

  it('never match text over 4,096 characters', () => {
    expect(searchPattern(parsePattern('a'), 'a'.repeat(4_096))).toBe(true)
    expect(searchPattern(parsePattern('a'), 'a'.repeat(4_097))).toBe(false)
  })
})
