import { toIri } from '../../http/badge-text.js'
import { type Html, html } from '../../http/html.js'
import type { Page } from '../../http/html-page.js'
import { dateTag, formatDate } from '../../http/html-words.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { type AwardStatus, awardStatus } from './award-status.js'
import { type Endorsed, endorsementCard } from './endorsement-list.js'
import { evidenceItem } from './evidence-item.js'
import { fileName, type ShareTarget, shareLinks } from './links.js'
import { renderMarkdown } from './markdown.js'
import type { AwardView } from './page-views.js'
import { chips } from './parts.js'
import { statusLine } from './status-line.js'

const messages = {
  kicker: 'Open Badge',
  awardedTo: 'Awarded to',
  by: 'by',
  on: 'on',
  awarded: 'Awarded on',
  criteria: 'What it took',
  noCriteria: 'The issuer has not described what it took.',
  skills: 'Skills',
  evidence: 'Evidence',
  narrative: 'About this award',
  expires: 'Expires',
  never: 'never',
  downloadPng: 'Download image',
  downloadSvg: 'Image (SVG)',
  credential: 'Credential (JSON)',
  check: 'Check again',
  keep: 'Keep it',
  share: 'Share it',
  badgeInside: 'The image carries the signed badge inside: it can be checked wherever it goes.',
  link: 'Link to this badge',
  certificate: 'Certificate (PDF)',
  mail: 'Send by e-mail',
  embed: 'Show it on a web page',
  embedHint: 'HTML of a card that stays current',
  pictureHint: 'HTML of the picture alone',
  onPaper: 'Anyone can check this badge at',
  details: 'Details',
  badgeLink: 'More about this badge',
  seeThere: (provider: string) => `See it at ${provider}`,
}

const targets: readonly { readonly to: ShareTarget; readonly label: string }[] = [
  { to: 'linkedin', label: 'Add to LinkedIn' },
  { to: 'linkedin-post', label: 'Post on LinkedIn' },
  { to: 'facebook', label: 'Facebook' },
  { to: 'x', label: 'X' },
]

type With = {
  readonly urls: PublicUrls
  readonly now: Date
  readonly endorsements?: readonly Endorsed[]
}

/** The page of one award, for the learner to share and for strangers to check. */
export function awardPage(award: AwardView, { urls, now, endorsements = [] }: With): Page {
  const status = awardStatus(award, now)
  const url = urls.assertion(award.awardId)
  const local = urls.local(url)
  const byLine = `${award.name}, ${messages.by} ${award.issuerName}`
  const main = html`
<article>
<section class="card hero">
<img class="picture" src="${local}/image?for=page" alt="${`Badge: ${award.name}`}" width="320" height="320">
<div>
<p class="kicker">${messages.kicker}</p>
<h1>${award.name}</h1>
${award.description !== '' && html`<p>${award.description}</p>`}
${award.learnerName !== null && html`<p class="facts">${messages.awardedTo} <b>${award.learnerName}</b></p>`}
<p class="facts">${messages.by} <a href="${urls.local(urls.issuerPage(award.issuerId))}">${award.issuerName}</a> ${messages.on} ${dateTag(award.awardedAt)}</p>
${statusLine(status, award.issuerName)}
<p class="paper">${messages.onPaper} ${url}</p>
<div class="buttons">
${award.signedText !== null && html`<a class="button main" href="${local}/verification">${messages.check}</a>`}
${status.is === 'there' && linkThere(award.externalUrl, status.provider)}
<a class="button" href="${urls.local(urls.badge(award.templateId))}">${messages.badgeLink}</a>
</div>
</div>
</section>
<div class="grid two">
<div>
<section class="card prose"><h2>${messages.criteria}</h2>
${award.criteria === '' ? html`<p class="soft">${messages.noCriteria}</p>` : renderMarkdown(award.criteria)}</section>
${endorsementCard(endorsements, (id) => urls.local(urls.personalEndorsement(id)))}
${award.signedText !== null && keep(award, local)}
</div>
<div>
${details(award)}
${status.is === 'valid' && award.visibility !== 'private' && share(award, { urls, local })}
</div>
</div>
</article>`
  return {
    title: byLine,
    main,
    // A person's achievement is found by its link, unless the person has said otherwise.
    listed: award.visibility === 'public' && isInForce(status),
    preview: {
      url,
      description: previewText(status, award),
      image: `${url}/image?type=png&fmt=wide`,
      imageText: `Badge: ${award.name}`,
      isWide: true,
      oembed: urls.oembed(url),
    },
  }
}

/** An award as links tell of it. */
export function sharedAward(award: AwardView, urls: PublicUrls) {
  const { name, issuerName, awardedAt, expiresAt, awardId: credentialId } = award
  const url = urls.assertion(award.awardId)
  const oembed = urls.oembed(url)
  return { name, issuerName, url, oembed, awardedAt, expiresAt, credentialId }
}

function isInForce({ is }: AwardStatus): boolean {
  return is === 'valid' || is === 'there'
}

function previewText(status: AwardStatus, award: AwardView): string {
  const text = award.description || `A badge of ${award.issuerName}.`
  if (status.is === 'revoked') return `Revoked on ${formatDate(status.at)}. ${text}`
  if (status.is === 'ended-there') return `Taken back. ${text}`
  if (status.is === 'expired') return `Expired on ${formatDate(status.at)}. ${text}`
  return text
}

function linkThere(url: string | null, provider: string): Html | false {
  const address = url === null ? undefined : toIri(url)
  if (address === undefined) return false
  return html`<a class="button main" href="${address}" rel="noopener">${messages.seeThere(provider)}</a>`
}

function details(award: AwardView): Html {
  const { expiresAt, evidence, narrative, tags } = award
  return html`<section class="card"><h2>${messages.details}</h2><dl>
${tags.length > 0 && html`<div><dt>${messages.skills}</dt><dd>${chips(tags)}</dd></div>`}
${narrative !== null && html`<div><dt>${messages.narrative}</dt><dd>${narrative}</dd></div>`}
${evidence.length > 0 && html`<div><dt>${messages.evidence}</dt><dd><ul>${evidence.map(evidenceItem)}</ul></dd></div>`}
<div><dt>${messages.awarded}</dt><dd>${dateTag(award.awardedAt)}</dd></div>
<div><dt>${messages.expires}</dt><dd>${expiresAt === null ? messages.never : dateTag(expiresAt)}</dd></div>
</dl></section>`
}

function keep(award: AwardView, local: string): Html {
  const file = fileName(award.name)
  return html`<section class="card screen"><h2>${messages.keep}</h2>
<div class="buttons">
<a class="button main" href="${local}/baked" download="${file}.png">${messages.downloadPng}</a>
<a class="button" href="${local}/baked?format=svg" download="${file}.svg">${messages.downloadSvg}</a>
<a class="button" href="${local}/certificate" download="${file}.pdf">${messages.certificate}</a>
<a class="button" href="${local}/credential" download="${file}.json">${messages.credential}</a>
</div>
<p class="soft">${messages.badgeInside}</p></section>`
}

type Addresses = { readonly urls: PublicUrls; readonly local: string }

function share(award: AwardView, { urls, local }: Addresses): Html {
  const { url, mail, embedCode, pictureCode } = shareLinks(sharedAward(award, urls))
  return html`<section class="card screen"><h2>${messages.share}</h2>
<label for="link">${messages.link}</label><input id="link" readonly value="${url}?share=link">
<div class="buttons">
${targets.map(({ to, label }) => html`<a class="button" href="${local}/share?to=${to}" rel="nofollow noopener">${label}</a>`)}
<a class="button" href="${mail}">${messages.mail}</a>
</div>
<details class="further"><summary>${messages.embed}</summary><label for="embed">${messages.embedHint}</label><textarea id="embed" readonly rows="4">${embedCode}</textarea>
<label for="picture">${messages.pictureHint}</label><textarea id="picture" readonly rows="4">${pictureCode}</textarea></details></section>`
}
