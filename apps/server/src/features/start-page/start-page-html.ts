import type { Progress } from '@rosette/contract'
import { type Html, html } from '../../http/html.js'
import { icons } from '../../http/html-icons.js'
import type { Page } from '../../http/html-page.js'
import { plural } from '../../http/html-words.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { learnerCards } from './learner-cards.js'
import type { Count, Figures, LatestAward, ListedBadge } from './start-page-views.js'

export type StartPage = {
  readonly figures: Figures
  readonly badges: readonly ListedBadge[]
  readonly latest: readonly LatestAward[]
  readonly progress: readonly Progress[]
  readonly urls: PublicUrls
  readonly badgesEnabled: boolean
  readonly isMoving: boolean
  readonly isLive: boolean
}

const messages = {
  title: 'Rosette, a badge platform',
  heading: 'Badges for what people have learned',
  about:
    'Rosette listens to what learners do, decides by your rules who has earned which badge, signs it as an Open Badge, and lets anybody check it.',
  disabled: 'BADGES_ENABLED is false',
  disabledAdvice: 'Nothing is received, processed or emitted. Set it to true and start again.',
  figures: 'Key figures',
  events: 'Events received',
  learners: 'Learners',
  awards: 'Badges awarded',
  waiting: 'Waiting to go out',
  demo: 'This is a demo',
  demoAbout:
    'Riverbend University and its learners are invented. A simulated LMS sends grades over the event bus; everything after that is real: rules, awards, signatures.',
  demoEnd: 'Send it away for good with',
  following: 'This page follows along, every five seconds.',
  stop: 'Stop following',
  follow: 'Follow along',
  latest: 'Latest',
  awardedTo: 'to',
  takenBack: 'taken back',
  noAwards: 'The first badge will be here in a few seconds.',
  people: 'How the learners are doing',
  badges: 'Badges to earn',
  earned: { one: 'earned once', other: 'earned {n} times' },
  notEarned: 'not earned yet',
  noBadges: 'There are no badges yet.',
  noBadgesAdvice:
    'Make an organization, an issuer and a badge with the API; this page will list it.',
  next: 'Where to go next',
  footer: 'Badges here follow the Open Badges standard: anyone can check them, anywhere.',
  admin: 'Administration',
}

/** The start page. */
export function startPage(shown: StartPage): Page {
  const { figures, badges, latest, progress, urls } = shown
  const isDemo = badges.some(({ is_demo }) => is_demo)
  const main = html`<section class="card"><h1>${messages.heading}</h1><p>${messages.about}</p>${
    !shown.badgesEnabled && disabledNote
  }${figureList(figures)}</section>
${isDemo && demoNote(shown)}
${isDemo && latestSection(latest, urls)}
${badgeSection(badges, urls)}
${progress.length > 0 && html`<section class="card"><h2>${messages.people}</h2>${learnerCards(progress, (id) => urls.local(urls.badge(id)))}</section>`}
${nextSection}`
  const home = urls.local(urls.start)
  const footer = html`${messages.footer} <a href="${home}admin">${messages.admin}</a>`
  return { title: messages.title, main, listed: true, footer }
}

const disabledNote = html`<p class="status warn">${icons.warn}<span><strong>${messages.disabled}</strong>${messages.disabledAdvice}</span></p>`

function figureList({ events, learners, awards, waiting }: Figures): Html {
  const each: readonly [string, Count][] = [
    [messages.events, events],
    [messages.learners, learners],
    [messages.awards, awards],
    [messages.waiting, waiting],
  ]
  return html`<h2 class="unseen">${messages.figures}</h2><dl class="figures">${each.map(
    ([label, count]) => html`<div><dt>${label}</dt><dd>${countText(count)}</dd></div>`,
  )}</dl>`
}

const numbers = new Intl.NumberFormat('en-GB')

function countText({ count, isExact }: Count): string {
  return isExact ? numbers.format(count) : `${numbers.format(count)}+`
}

function demoNote({ isMoving, isLive, urls }: StartPage): Html {
  const start = urls.local(urls.start)
  const [address, words] = isLive ? [`${start}?live=no`, messages.stop] : [start, messages.follow]
  return html`<section class="card note"><h2>${messages.demo}</h2><p>${messages.demoAbout} ${messages.demoEnd} <code>npx rosette remove-demo</code>.</p>${
    isMoving && html`<p>${isLive && messages.following} <a href="${address}">${words}</a></p>`
  }</section>`
}

function latestSection(latest: readonly LatestAward[], urls: PublicUrls): Html {
  const content =
    latest.length === 0
      ? html`<p class="soft">${messages.noAwards}</p>`
      : html`<ul class="badges">${latest.map((award) => awardTile(award, urls))}</ul>`
  return html`<section class="card"><h2>${messages.latest}</h2>${content}</section>`
}

function awardTile(award: LatestAward, urls: PublicUrls): Html {
  const isLost = award.status === 'revoked'
  const what = html`<span><strong>${award.badge}</strong> <span>${messages.awardedTo} ${award.learner}</span>${
    isLost && html` <span class="bad">${messages.takenBack}</span>`
  } <time class="soft" datetime="${award.changed_at}">${clock(award.changed_at)}</time></span>`
  return html`<li><a href="${urls.local(urls.assertion(award.id))}">${picture(award.template_id, urls)}${what}</a></li>`
}

function clock(instant: string): string {
  return `${instant.slice(11, 19)} UTC`
}

function picture(templateId: string, urls: PublicUrls): Html {
  return html`<img src="${urls.local(urls.badge(templateId))}/image?for=page" alt="" width="72" height="72" loading="lazy">`
}

function badgeSection(badges: readonly ListedBadge[], urls: PublicUrls): Html {
  const content =
    badges.length === 0
      ? html`<p>${messages.noBadges} ${messages.noBadgesAdvice}</p>`
      : html`<ul class="badges">${badges.map(
          (badge) =>
            html`<li><a href="${urls.local(urls.badge(badge.id))}">${picture(badge.id, urls)}<span><strong>${badge.name}</strong> <span class="soft">${badge.issuer}, ${earnedText(badge)}</span></span></a></li>`,
        )}</ul>`
  return html`<section class="card"><h2>${messages.badges}</h2>${content}</section>`
}

function earnedText({ earned }: ListedBadge): string {
  return earned === 0 ? messages.notEarned : plural(earned, messages.earned)
}

const nextSection = html`<section class="card"><h2>${messages.next}</h2><ul class="steps">
<li><a href="/api/docs">API documentation</a>: every request, to read and to try; <a href="/api/openapi.json">the same for programs</a>.</li>
<li><a href="/verify">Verify a badge</a> of any issuer, here or with <code>npx rosette verify</code></li>
<li>Make an administration token: <code>npx rosette create-token</code></li>
<li>Try rules on a file of events: <code>npx rosette try-rules --help</code></li>
<li>Connect your LMS: set <code>EVENT_BUS_REDIS_CONNECTION_URL</code>, and see <code>README.md</code> and <code>docs/</code>.</li>
</ul></section>`
