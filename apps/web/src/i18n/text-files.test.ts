import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const folder = fileURLToPath(new URL('../texts/', import.meta.url))
const languages = readdirSync(folder)
const parts = readdirSync(`${folder}en`)
const categories = ['zero', 'one', 'two', 'few', 'many', 'other']
const plural = new RegExp(`_(${categories.join('|')})$`)

function textsOf(language: string, part: string): Map<string, string> {
  const found = new Map<string, string>()
  const collect = (value: unknown, path: string) => {
    if (typeof value === 'string') found.set(path, value)
    else if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) collect(inner, `${path}.${name}`)
    }
  }
  collect(JSON.parse(readFileSync(`${folder}${language}/${part}`, 'utf8')), part)
  return found
}

/** Keys without their plural ending. */
function keysOf(texts: ReadonlyMap<string, string>): string[] {
  return [...new Set([...texts.keys()].map((key) => key.replace(plural, '')))].sort()
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{\s*([\w.]+)/g)].map(([, name = '']) => name).sort()
}

describe.each(languages.filter((language) => language !== 'en'))('texts in %s', (language) => {
  it.each(parts)('%s has every key of the English one, and no other', (part) => {
    expect(keysOf(textsOf(language, part))).toEqual(keysOf(textsOf('en', part)))
  })

  it.each(parts)('%s fills in nothing that the English one does not', (part) => {
    const english = textsOf('en', part)
    for (const [key, text] of textsOf(language, part)) {
      const model = english.get(key) ?? english.get(key.replace(plural, '_other')) ?? ''
      const unknown = placeholders(text).filter((name) => !placeholders(model).includes(name))
      expect(unknown, key).toEqual([])
    }
  })
})

describe.each(languages)('plurals in %s', (language) => {
  const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories

  it.each(parts)('%s has every form of each', (part) => {
    const texts = textsOf(language, part)
    const counted = [...texts.keys()].filter((key) => plural.test(key))
    for (const stem of new Set(counted.map((key) => key.replace(plural, '')))) {
      // A key may end like a plural form without being one; it has no "other" then.
      if (!texts.has(`${stem}_other`)) continue
      const missing = needed.filter((category) => !texts.has(`${stem}_${category}`))
      expect(missing, stem).toEqual([])
    }
  })
})
