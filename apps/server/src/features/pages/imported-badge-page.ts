import { toIri } from '../../http/badge-text.js'
import { type Html, html } from '../../http/html.js'
import type { Page } from '../../http/html-page.js'
import { dateTag } from '../../http/html-words.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { embeddedCard } from './embedded-card.js'
import { type Endorsed, endorsementCard } from './endorsement-list.js'
import { evidenceItem } from './evidence-item.js'
import type { ImportedView } from './imported-badge-views.js'
import { importedStatusLine } from './imported-status.js'
import { renderMarkdown } from './markdown.js'
import { chips } from './parts.js'

const messages = {
  kicker: 'A badge from elsewhere',
  by: 'by',
  on: 'on',
  shownBy: 'Shown by',
  notOurs: 'Another site issued this badge. Its learner shows it here, as it came.',
  verify: 'Verify now',
  there: 'See where it came from',
  criteria: 'What it took',
  noCriteria: 'The badge does not say what it took.',
  skills: 'Skills',
  narrative: 'About this award',
  evidence: 'Evidence',
  details: 'Details',
  awarded: 'Awarded on',
  expires: 'Expires',
  never: 'never',
  standard: 'Made as',
}

type With = {
  readonly urls: PublicUrls
  readonly now: Date
  readonly endorsements?: readonly Endorsed[]
}

/** The page of a badge that somebody else has issued; it says so, and what the last check has found. */
export function importedBadgePage(
  badge: ImportedView,
  { urls, now, endorsements = [] }: With,
): Page {
  const url = urls.importedBadge(badge.entryId)
  const { name, issuerName, description, visibility } = badge
  const verify = verifyUrl(badge, urls)
  const source = badge.sourceUrl === null ? undefined : toIri(badge.sourceUrl)
  const main = html`
<article>
<section class="card hero">
<img class="picture" src="${urls.local(url)}/image?for=page" alt="${`Badge: ${name}`}" width="320" height="320">
<div>
<p class="kicker">${messages.kicker}</p>
<h1>${name}</h1>
${description !== '' && html`<p>${description}</p>`}
${byLine(badge)}
${badge.learnerName !== null && html`<p class="facts">${messages.shownBy} <b>${badge.learnerName}</b></p>`}
${importedStatusLine(badge, now)}
<p class="soft">${messages.notOurs}</p>
<div class="buttons">
${verify !== undefined && html`<a class="button main" href="${verify}" rel="nofollow">${messages.verify}</a>`}
${source !== undefined && html`<a class="button" href="${source}" rel="nofollow noopener ugc">${messages.there}</a>`}
</div>
</div>
</section>
<div class="grid two">
<div>
<section class="card prose"><h2>${messages.criteria}</h2>
${badge.criteria === '' ? html`<p class="soft">${messages.noCriteria}</p>` : renderMarkdown(badge.criteria)}</section>
${endorsementCard(endorsements, (id) => urls.local(urls.personalEndorsement(id)))}
</div>
${details(badge)}
</div>
</article>`
  return {
    title: titleOf(badge),
    main,
    listed: visibility === 'public',
    preview: {
      url,
      description: description || messages.notOurs,
      image: `${url}/image`,
      imageText: `Badge: ${name}${issuerName !== '' ? `, ${messages.by} ${issuerName}` : ''}`,
      oembed: urls.oembed(url),
    },
  }
}

/** The card of it, to stand in a page of somebody else. */
export function embeddedImported(badge: ImportedView, { urls, now }: With): Page {
  const url = urls.importedBadge(badge.entryId)
  const { name, issuerName, learnerName } = badge
  return embeddedCard({
    name,
    issuerName,
    more: learnerName !== null && html`. ${messages.shownBy} <b>${learnerName}</b>`,
    picture: `${urls.local(url)}/image?for=page`,
    status: importedStatusLine(badge, now),
    url,
  })
}

function titleOf({ name, issuerName }: ImportedView): string {
  return issuerName === '' ? name : `${name}, ${messages.by} ${issuerName}`
}

function byLine({ issuerName, issuerUrl, awardedAt }: ImportedView): Html {
  const address = issuerUrl === null ? undefined : toIri(issuerUrl)
  const label = issuerName || (address === undefined ? '' : new URL(address).host)
  const issuer =
    address === undefined
      ? label
      : html`<a href="${address}" rel="nofollow noopener ugc">${label}</a>`
  return html`<p class="facts">${label !== '' && html`${messages.by} ${issuer} `}${awardedAt !== null && html`${messages.on} ${dateTag(awardedAt)}`}</p>`
}

/**
 * The check begins at the badge itself: where it came from, where it says that it is, or what is kept here.
 * Undefined where it can only be checked by whoever has it, because it names the learner in plain words.
 */
function verifyUrl(badge: ImportedView, urls: PublicUrls): string | undefined {
  const address =
    badge.sourceUrl ??
    idIn(badge.text) ??
    (isOpen(badge) ? urls.importedBadge(badge.entryId) : undefined)
  if (address === undefined) return undefined
  return `${urls.local(urls.verify)}?url=${encodeURIComponent(address)}`
}

// Only hosted badges are found at their id; others are what was signed, wherever it is.
function idIn(text: string): string | undefined {
  try {
    const badge: unknown = JSON.parse(text)
    if (typeof badge !== 'object' || badge === null || !/"(?:HostedBadge|hosted)"/.test(text))
      return undefined
    const id: unknown = Reflect.get(badge, 'id')
    return typeof id === 'string' ? toIri(id) : undefined
  } catch {
    return undefined
  }
}

/** Whether everybody may read the badge as it came. Who shows their name has not said to show an address. */
export function isOpen(badge: ImportedView): boolean {
  const { namesLearner, namesAddress, showsName, text } = badge
  return text !== '' && !namesAddress && (showsName || !namesLearner)
}

function details(badge: ImportedView): Html {
  const { tags, narrative, evidence, awardedAt, expiresAt } = badge
  return html`<section class="card"><h2>${messages.details}</h2><dl>
${tags.length > 0 && html`<div><dt>${messages.skills}</dt><dd>${chips(tags)}</dd></div>`}
${narrative !== null && html`<div><dt>${messages.narrative}</dt><dd>${renderMarkdown(narrative)}</dd></div>`}
${evidence.length > 0 && html`<div><dt>${messages.evidence}</dt><dd><ul>${evidence.map(evidenceItem)}</ul></dd></div>`}
${awardedAt !== null && html`<div><dt>${messages.awarded}</dt><dd>${dateTag(awardedAt)}</dd></div>`}
<div><dt>${messages.expires}</dt><dd>${expiresAt === null ? messages.never : dateTag(expiresAt)}</dd></div>
<div><dt>${messages.standard}</dt><dd>${badge.kind}</dd></div>
</dl></section>`
}
