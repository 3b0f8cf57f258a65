import i18next, { type BackendModule } from 'i18next'
import { initReactI18next } from 'react-i18next'

/** The languages of the console, by their own names. Another one is a folder of files beside these. */
export const languages = {
  en: { name: 'English', dir: 'ltr' },
  ar: { name: 'العربية', dir: 'rtl' },
} as const
export type Language = keyof typeof languages

const kept = 'rosette-language'
const files = import.meta.glob<{ default: Record<string, unknown> }>('../texts/*/*.json')

/** Each part of the console has a file of texts, which is fetched with its first page. */
const backend: BackendModule = {
  type: 'backend',
  init() {},
  read(language, namespace, callback) {
    const load = files[`../texts/${language}/${namespace}.json`]
    if (load === undefined) return callback(new Error(`No texts ${language}/${namespace}.`), false)
    load().then(
      (file) => callback(null, file.default),
      (error: unknown) =>
        callback(error instanceof Error ? error : new Error(String(error)), false),
    )
  },
}

export async function startTexts(): Promise<void> {
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: chosenLanguage(),
      fallbackLng: 'en',
      supportedLngs: Object.keys(languages),
      ns: ['common'],
      defaultNS: 'common',
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
    })
  describeDocument(i18next.language)
  i18next.on('languageChanged', describeDocument)
}

export async function chooseLanguage(language: Language): Promise<void> {
  try {
    localStorage.setItem(kept, language)
  } catch {
    // It holds until the page is left, then.
  }
  await i18next.changeLanguage(language)
}

export function isLanguage(text: string | null | undefined): text is Language {
  return text !== null && text !== undefined && text in languages
}

export function directionOf(language: string): 'ltr' | 'rtl' {
  return isLanguage(language) ? languages[language].dir : 'ltr'
}

function chosenLanguage(): Language {
  const stored = readStored()
  if (isLanguage(stored)) return stored
  return navigator.languages.map((tag) => tag.split('-')[0]).find(isLanguage) ?? 'en'
}

function readStored(): string | null {
  try {
    return localStorage.getItem(kept)
  } catch {
    return null
  }
}

function describeDocument(language: string): void {
  document.documentElement.lang = language
  document.documentElement.dir = directionOf(language)
}
