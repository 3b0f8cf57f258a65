import type { Progress } from '@rosette/contract'
import { type Html, html } from '../../http/html.js'
import { progressRing } from './progress-ring.js'

const messages = {
  earned: 'earned',
  lost: 'taken back',
  begun: 'on the way',
  of: 'of',
  stillToDo: 'Still to do:',
  or: ' or ',
  and: '; ',
}

const mostShown = 12

/** The invented learners who have come furthest, each with the badges that they have begun. */
export function learnerCards(
  progress: readonly Progress[],
  badgeUrl: (templateId: string) => string,
): Html {
  const people = [...groupByLearner(progress).values()]
    .sort((a, b) => merit(b) - merit(a) || nameOf(a).localeCompare(nameOf(b)))
    .slice(0, mostShown)
  return html`<ul class="people">${people.map(
    (ways) =>
      html`<li><h3>${nameOf(ways)}</h3><ul class="ways">${ways.map((way) => wayRow(way, badgeUrl))}</ul></li>`,
  )}</ul>`
}

function wayRow(way: Progress, badgeUrl: (templateId: string) => string): Html {
  const state = stateOf(way)
  const done = way.groups.filter(({ fulfilled }) => fulfilled).length
  const words =
    state === 'begun' && done > 0 ? `${done} ${messages.of} ${way.groups.length}` : messages[state]
  return html`<li>${progressRing(way.ratio, state)}<div><a href="${badgeUrl(way.template.id)}">${way.template.name}</a> <span class="soft">${words}</span>${
    state !== 'earned' && html`<p class="next">${messages.stillToDo} ${nextSteps(way)}</p>`
  }</div></li>`
}

type State = 'earned' | 'lost' | 'begun'

function stateOf({ award }: Progress): State {
  if (award === null) return 'begun'
  return award.status === 'awarded' ? 'earned' : 'lost'
}

/** Any requirement of a group will do, and every group must be done. */
function nextSteps({ groups }: Progress): string {
  return groups
    .filter(({ fulfilled }) => !fulfilled)
    .map(({ requirements }) =>
      requirements.map((r) => r.description ?? r.eventType).join(messages.or),
    )
    .join(messages.and)
}

function groupByLearner(progress: readonly Progress[]): Map<string, Progress[]> {
  const people = new Map<string, Progress[]>()
  for (const way of progress) {
    const ways = people.get(way.learner.id)
    if (ways === undefined) people.set(way.learner.id, [way])
    else ways.push(way)
  }
  return people
}

function nameOf([first]: readonly Progress[]): string {
  return first?.learner.name ?? ''
}

function merit(ways: readonly Progress[]): number {
  return ways.reduce((sum, way) => sum + way.ratio + (stateOf(way) === 'earned' ? 1 : 0), 0)
}
