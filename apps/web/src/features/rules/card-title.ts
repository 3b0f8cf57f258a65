import i18next from 'i18next'
import { format } from '../../lib/format.js'
import type { DraftPenalty, DraftRequirement } from './draft.js'
import { shapeOf } from './shape.js'
import { isolated, type Terms } from './terms.js'

/** What a card is about, without the names that stand in its inputs: `Passes a course`. */
export function cardTitle(part: DraftRequirement | DraftPenalty, terms: Terms): string {
  const { say } = terms
  const { verb, which, of, object } = shapeOf(part)
  if (verb === undefined) return isolated(terms.titleOf(part.eventType))
  const count = 'count' in part ? part.count : null
  if (verb === 'passes' && count !== null && count.distinctBy === object?.keyPath) {
    return capital(
      say('say.count.passes', { count: count.atLeast, number: format.number(count.atLeast) }),
    )
  }
  const isCcx = verb === 'passesCcx' || verb === 'failsCcx' || verb === 'ccxGraded'
  if (isCcx && of !== undefined) return capital(say(`say.unnamedOf.${verb}`))
  return capital(which === 'any' ? say(`say.any.${verb}`) : say(`say.unnamed.${verb}`))
}

function capital(text: string): string {
  const [first = '', ...rest] = text
  return first.toLocaleUpperCase(i18next.language) + rest.join('')
}
