import { objectOf, text } from '../credentials/summary.js'
import { asArray, isJsonObject, type JsonObject, stringsOf } from '../json/json.js'

const LANGUAGE = /^[a-z]{2,3}(-[a-z\d]{1,8})*$/i

/**
 * Text that may be plain, in a language, or in several (JSON-LD 1.1, 4.2.4 and 9.8).
 *
 * Of several the one in `language` is taken, else the first.
 */
export function wordsOf(value: unknown, language?: string): string | undefined {
  const forms = asArray(value).flatMap(toForms)
  const own = forms.find((form) => form.language !== undefined && form.language === language)
  return (own ?? forms[0])?.text
}

/** The language that a document says its words are in (OB 2.0, Internationalization). */
export function languageOf(document: JsonObject): string | undefined {
  const context = asArray(document['@context']).filter(isJsonObject)
  const named = [document, ...context].map((one) => text(one['@language']))
  return named.find((language) => language !== undefined && LANGUAGE.test(language))
}

type Form = { readonly text: string; readonly language?: string }

function toForms(value: unknown): readonly Form[] {
  if (typeof value === 'string') return [{ text: value }]
  const { '@value': plain, '@language': language } = objectOf(value)
  if (typeof plain === 'string') {
    return [typeof language === 'string' ? { text: plain, language } : { text: plain }]
  }
  return Object.entries(objectOf(value)).flatMap(([name, words]) =>
    LANGUAGE.test(name) ? stringsOf(words).map((one) => ({ text: one, language: name })) : [],
  )
}
