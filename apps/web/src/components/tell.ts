import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { problemWords } from './problem-words.js'

/** Says that something is done, for a few seconds; announced to those who cannot see it. */
export function tellDone(message: string): void {
  notifications.show({ message, color: 'teal.9', withBorder: true, ...closing() })
}

/** Says that something did not work, until it is closed. */
export function tellProblem(error: unknown): void {
  notifications.show({
    message: problemWords(error).text,
    color: 'red.9',
    autoClose: false,
    withBorder: true,
    ...closing(),
  })
}

// The button that closes it is a cross, which has no name of its own.
function closing() {
  return { closeButtonProps: { 'aria-label': i18next.t('close') } }
}
