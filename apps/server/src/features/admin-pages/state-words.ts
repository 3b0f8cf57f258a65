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

const endedThere = { words: 'Ended at the provider', icon: icons.bad, colour: 'bad' } as const

export function wordsOf(state: State): string {
  return states[state].words
}

export function iconOf(state: State): Html {
  const { icon, colour } = states[state]
  return html`<span class="${colour}">${icon}</span>`
}

type Standing = Pick<Issuance, 'state' | 'wanted'>

export function stateLabel(issuance: Standing): Html {
  const { words, icon, colour } = hasEndedThere(issuance) ? endedThere : states[issuance.state]
  return html`<span class="state ${colour}">${icon}${words}</span>`
}

/** Somebody ended it at the provider, and its award stands. */
function hasEndedThere({ state, wanted }: Standing): boolean {
  return state === 'revoked' && wanted === 'issued'
}

/** The provider's own word, with what it means where that is not plain. */
export function wordsThere(externalState: string): string {
  return externalState === 'pending' ? 'pending, the learner has yet to accept it' : externalState
}

/** Whether there is something for a person to know, or to do. */
export function hasProblem(issuance: Standing): boolean {
  return issuance.state === 'failed' || issuance.state === 'stopped' || hasEndedThere(issuance)
}
