/** The languages that letters are written in. */
export const languages = ['en', 'ar'] as const
export type Language = (typeof languages)[number]

/** The first that letters are written in, of language tags in the order of preference; English where there is none. */
export function pickLanguage(...tags: readonly unknown[]): Language {
  for (const tag of tags) {
    if (typeof tag !== 'string') continue
    const [primary = ''] = tag.toLowerCase().split('-')
    const found = languages.find((one) => one === primary)
    if (found !== undefined) return found
  }
  return 'en'
}

/** The same for what a browser says of its reader: `ar-EG,ar;q=0.9,en;q=0.5`. */
export function languageOfReader(header: string | undefined): Language {
  const wishes = (header ?? '').split(',').map((part) => {
    const [tag = '', ...parameters] = part.split(';').map((text) => text.trim())
    const quality = parameters.find((one) => one.startsWith('q='))?.slice(2)
    return { tag, q: quality === undefined ? 1 : Number(quality) || 0 }
  })
  const wanted = wishes.filter(({ q }) => q > 0).sort((one, other) => other.q - one.q)
  return pickLanguage(...wanted.map(({ tag }) => tag))
}

export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr'
}

const words = {
  en: { byHand: 'If the button does not work, open this address:' },
  ar: { byHand: 'إذا لم يعمل الزر فافتح هذا العنوان:' },
} as const satisfies Record<Language, { readonly byHand: string }>

/** What every letter says. */
export function letterWords(language: Language) {
  return words[language]
}

/** A sentence for each form in which the language counts; `other` stands in for those that are not given. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string }

export function formOf(language: Language, count: number, forms: Forms): string {
  return forms[new Intl.PluralRules(language).select(count)] ?? forms.other
}

/** Puts parts into a text, `{name}` for each; kept apart from a script that runs the other way. */
export function filler(language: Language, parts: Readonly<Record<string, string | number>>) {
  return (text: string): string =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const part = parts[name] ?? ''
      if (typeof part === 'number') return new Intl.NumberFormat(language).format(part)
      return directionOf(language) === 'rtl' ? `\u2068${part}\u2069` : part
    })
}
