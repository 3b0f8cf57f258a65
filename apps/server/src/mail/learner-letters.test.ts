import { describe, expect, it } from 'vitest'
import { filler, formOf, languages, pickLanguage } from './languages.js'
import { learnerLetterTexts } from './learner-letter-texts.js'
import { endorsementAskedLetter, newBadgesLetter, signInLetter } from './learner-letters.js'

const look = { name: 'Open University', accent: { colour: '#123456', letters: '#ffffff' } }
const common = {
  to: 'ada@example.org',
  site: 'badges.example',
  url: 'https://badges.example/backpack/enter#secret',
  look,
}
const badge = (name: string) => ({
  name,
  issuerName: 'Arts & <Crafts>',
  pictureUrl: 'https://badges.example/public/badges/x/image',
  publicUrl: 'https://badges.example/public/assertions/x',
})
const news = {
  ...common,
  name: 'Ada',
  signsInUntil: '2026-05-08T08:00:00Z',
  unsubscribeUrl: 'https://badges.example/unsubscribe/new-badges/a/b',
}

describe('a letter about new badges', () => {
  it('says the same in plain text and laid out, with everything escaped', () => {
    const mail = newBadgesLetter({ ...news, language: 'en', badges: [badge('Data <1>')] })
    expect(mail.subject).toBe('You have earned a badge: Data <1>')
    expect(mail.text).toContain('Hello Ada,\n\nArts & <Crafts> has given you a badge')
    expect(mail.text).toContain('https://badges.example/public/assertions/x')
    expect(mail.text).toContain('See your badge:\nhttps://badges.example/backpack/enter#secret')
    expect(mail.text).toContain('signs you in as ada@example.org; it works once, until May 8, 2026')
    expect(mail.html).toContain('Data &#60;1&#62;')
    expect(mail.html).not.toContain('<Crafts>')
    expect(mail.html).toContain('<html lang="en" dir="ltr">')
    expect(mail.headers).toEqual({
      'List-Unsubscribe': '<https://badges.example/unsubscribe/new-badges/a/b>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    })
  })

  it('counts as its language does, and runs from right to left in Arabic', () => {
    const of = (count: number, language: 'en' | 'ar') => {
      const [first, ...more] = Array.from({ length: count }, (_, n) => badge(`Badge ${n}`))
      if (first === undefined) throw new Error('There is no letter about nothing.')
      return newBadgesLetter({ ...news, language, badges: [first, ...more] })
    }
    expect(of(2, 'en').subject).toBe('You have earned 2 badges')
    expect(of(2, 'ar').subject).toBe('حصلت على شارتين')
    expect(of(3, 'ar').subject).toContain('شارات')
    expect(of(11, 'ar').subject).toMatch(/شارة$/)
    expect(of(1, 'ar').html).toContain('<html lang="ar" dir="rtl">')
  })

  it('does not say that it signs in where it does not, and names no page that nobody may see', () => {
    const hidden = { ...badge('Data'), publicUrl: null }
    const mail = newBadgesLetter({ ...news, language: 'en', signsInUntil: null, badges: [hidden] })
    expect(mail.text).not.toContain('signs you in')
    expect(mail.text).not.toContain('/public/assertions/')
  })
})

describe('letters to learners', () => {
  it('have no place for another header in their subject', () => {
    const mail = endorsementAskedLetter({
      ...common,
      language: 'en',
      name: 'Bo',
      badge: 'Data',
      issuer: 'Arts',
      learner: 'Ada\r\nBcc: all@example.org',
      said: 'Please\n<b>now</b>',
      until: '2026-05-08T08:00:00Z',
      unsubscribeUrl: 'https://badges.example/unsubscribe/endorsements/a/b',
    })
    expect(mail.subject).not.toMatch(/[\r\n]/)
    expect(mail.text).toContain('> Please\n> <b>now</b>')
    expect(mail.html).toContain('&#60;b&#62;now')
  })

  it('of sign-in carry no way to unsubscribe: they were asked for', () => {
    expect(signInLetter({ ...common, language: 'ar' }).headers).toBeUndefined()
  })

  it('have all their texts in every language, with the same parts', () => {
    const partsOf = (value: unknown): string[] =>
      typeof value === 'string'
        ? [...value.matchAll(/\{\w+\}/g)].map(([part]) => part)
        : Object.values(value ?? {}).flatMap(partsOf)
    const shapeOf = (texts: object) =>
      Object.fromEntries(
        Object.entries(texts).map(([name, letter]) => [name, [...new Set(partsOf(letter))].sort()]),
      )
    const shapes = languages.map((one) => shapeOf(learnerLetterTexts[one]))
    for (const shape of shapes) expect(shape).toEqual(shapes[0])
  })
})

describe('the language of a letter', () => {
  it('is the first that there are texts in, whatever its region', () => {
    expect(pickLanguage(null, 'ar-EG', 'en')).toBe('ar')
    expect(pickLanguage('de', undefined, 7, 'EN-us')).toBe('en')
    expect(pickLanguage()).toBe('en')
  })

  it('keeps names apart that run the other way', () => {
    expect(filler('ar', { name: 'Ada' })('{name}!')).toBe('\u2068Ada\u2069!')
    expect(filler('en', { name: 'Ada' })('{name}{gone}!')).toBe('Ada!')
    expect(formOf('ar', 2, { two: 'two', other: 'other' })).toBe('two')
    expect(formOf('en', 2, { two: 'two', other: 'other' })).toBe('other')
  })
})
