import { describe, expect, it } from 'vitest'
import { toCredlyLocale } from './credly-locale.js'

describe('the locale for Credly', () => {
  it.each([
    ['en', 'en'],
    ['en-GB', 'en'],
    ['pt', 'pt'],
    ['pt-PT', 'pt'],
    ['pt-br', 'pt-BR'],
    ['fr_CA', 'fr-CA'],
    ['fr-BE', 'fr'],
    ['es', 'es-ES'],
    ['es-US', 'es-US'],
    ['zh-Hans', 'zh-CN'],
    ['uk', undefined],
    ['', undefined],
    [null, undefined],
  ])('for %s is %s', (locale, expected) => {
    expect(toCredlyLocale(locale)).toBe(expected)
  })
})
