import type { Issuance } from '@rosette/contract'
import { type Html, html } from '../../http/html.js'
import { icons } from '../../http/html-icons.js'

type State = Issuance['state']

/** Each state in a few words, with a shape that differs from its neighbours. */
const states = {
  queued: { words: 'Waiting', icon: icons.waiting, colour: 'soft' },
  issuing: { words: 'Being issued', icon: icons.waiting, colour: 'soft' },
  issued: { words: 'Issued', icon: icons.good, colour: 'good' },
  failed: { words: 'Failed, tried again', icon: icons.warn, colour: 'warn' },
  stopped: { words: 'Stopped, needs you', icon: icons.bad, colour: 'bad' },
  revoking: { words: 'Being taken back', icon: icons.waiting, colour: 'soft' },
  revoked: { words: 'Taken back', icon: icons.skipped, colour: 'soft' },
} as const satisfies Record<State, object>

export function wordsOf(state: State): string {
  return states[state].words
}

export function iconOf(state: State): Html {
  const { icon, colour } = states[state]
  return html`<span class="${colour}">${icon}</span>`
}

export function stateLabel(state: State): Html {
  const { words, icon, colour } = states[state]
  return html`<span class="state ${colour}">${icon}${words}</span>`
}

/** Whether "try again" makes sense: it did not get there, or was ended there while its award stands. */
export function isRetryable({ state, wanted }: Pick<Issuance, 'state' | 'wanted'>): boolean {
  return state === 'failed' || state === 'stopped' || (state === 'revoked' && wanted === 'issued')
}
