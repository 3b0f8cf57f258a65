/** The languages in which Credly writes to learners. */
export const credlyLocales = [
  'en',
  'fr',
  'de',
  'ko',
  'ja',
  'zh-CN',
  'pt',
  'es-ES',
  'es-US',
  'fr-CA',
  'pt-BR',
] as const

/** The nearest locale that Credly has: the same one, else one of the same language, else undefined. */
export function toCredlyLocale(locale: string | null): string | undefined {
  const wanted = (locale ?? '').replaceAll('_', '-').toLowerCase()
  const [language] = wanted.split('-')
  return (
    credlyLocales.find((known) => known.toLowerCase() === wanted) ??
    credlyLocales.find((known) => known.split('-')[0] === language)
  )
}
