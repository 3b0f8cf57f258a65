import type { Pathway, PathwayDistribution } from '@rosette/contract'
import { type Html, html } from '../../http/html.js'
import type { Page } from '../../http/html-page.js'
import { plural } from '../../http/html-words.js'
import type { PublicUrls } from '../../http/public-urls.js'

const messages = {
  kicker: 'A pathway of badges',
  empty: 'There are no badges on this pathway yet.',
  level: (level: number) => `Step ${level}`,
  after: 'After',
  milestone: 'Milestone',
  learners: { one: '{n} person is on the way.', other: '{n} people are on the way.' },
  holders: { one: 'earned by {n} person', other: 'earned by {n} people' },
  nobody: 'not earned yet',
  noLonger: 'no longer awarded',
}

type Badge = Pathway['badges'][number]

/** The steps of a pathway one below the other; who has which badge is not told, how many have is. */
export function pathwayPage(
  map: Pathway,
  { learners, badges: counted }: PathwayDistribution,
  urls: PublicUrls,
): Page {
  const holders = new Map(counted.map((one) => [one.templateId, one.holders]))
  const shown = map.badges.filter(({ template }) => template.state !== 'draft')
  const levels = [...new Set(shown.map(({ level }) => level))]
  const main = html`<article><section class="card"><p class="kicker">${messages.kicker}</p>
<h1>${map.name}</h1>${map.description !== '' && html`<p>${map.description}</p>`}
${learners > 0 && html`<p class="facts"><b>${plural(learners, messages.learners)}</b></p>`}
${shown.length === 0 && html`<p class="soft">${messages.empty}</p>`}</section>
${levels.map(
  (level, n) =>
    html`<section class="card step"><h2>${messages.level(n + 1)}</h2><ul class="badges">${shown
      .filter((badge) => badge.level === level)
      .map((badge) => item(badge, { map, holders, urls }))}</ul></section>`,
)}</article>`
  const [first] = shown
  const description = map.description || messages.kicker
  const title = map.name
  if (first === undefined) return { title, main, listed: true }
  const image = `${urls.badge(first.template.id)}/image`
  const preview = { url: map.publicUrl, description, image, imageText: first.template.name }
  return { title, main, listed: true, preview }
}

type Shown = {
  readonly map: Pathway
  readonly holders: ReadonlyMap<string, number>
  readonly urls: PublicUrls
}

function item({ template, isMilestone }: Badge, { map, holders, urls }: Shown): Html {
  const href = urls.local(urls.badge(template.id))
  const names = new Map(map.badges.map((badge) => [badge.template.id, badge.template.name]))
  const before = map.links
    .filter(({ to }) => to === template.id)
    .flatMap(({ from }) => names.get(from) ?? [])
  const count = holders.get(template.id) ?? 0
  const earned = count === 0 ? messages.nobody : plural(count, messages.holders)
  const beside = template.state === 'archived' ? messages.noLonger : earned
  return html`<li><a href="${href}"><img src="${href}/image?for=page" alt="" width="72" height="72" loading="lazy"><span><strong>${template.name}</strong>${isMilestone && html`<span class="milestone">${messages.milestone}</span>`} <span class="soft">${beside}</span>${
    before.length > 0 && html` <span class="soft">${messages.after}: ${before.join(', ')}</span>`
  }</span></a></li>`
}
