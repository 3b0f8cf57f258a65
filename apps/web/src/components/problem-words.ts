import i18next from 'i18next'
import { messageOf, ProblemError } from '../lib/problem.js'

// A part of the page that is fetched when it is needed, and could not be; each browser says it in its own way.
const partMissing = /preload CSS|dynamically imported module|importing a module script/i

/** What happened, in a title and a sentence that says what to do. */
export function problemWords(error: unknown) {
  const code = error instanceof ProblemError ? error.code : undefined
  const isSignedOut = code === 'not-signed-in'
  if (isSignedOut) {
    return {
      title: i18next.t('problem.signedOut'),
      text: i18next.t('problem.signedOutText'),
      isSignedOut,
    }
  }
  if (code === 'offline' || partMissing.test(messageOf(error))) {
    return { title: i18next.t('problem.offline'), text: i18next.t('problem.offlineText') }
  }
  return { title: i18next.t('problem.title'), text: messageOf(error) }
}
