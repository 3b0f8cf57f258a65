import { type Html, html } from '../../http/html.js'
import { icons } from '../../http/html-icons.js'
import type { Page } from '../../http/html-page.js'
import type { PublicUrls } from '../../http/public-urls.js'
import type { AwardView } from '../pages/pages.js'
import { type Content, mostGivenBack } from './describe-content.js'
import { emptyReportView, reportView, type Shown } from './report-view.js'
import { clip } from './shown-values.js'
import { unansweredWords } from './unanswered-words.js'
import { isNoAward, titleOf, verdictLine } from './verdict-line.js'

const messages = {
  title: 'Is this badge real?',
  intro:
    'Check any Open Badge of any issuer, from version 0.5 to 3.0, and whole learner records. You need no account.',
  file: 'Badge file',
  fileHint: '(PNG, SVG or JSON; drop it into the box or choose it)',
  or: 'or',
  text: 'Link or text of the badge',
  textHint:
    'The link that came with it (https://…), the JSON, or the long line of letters of a signed badge',
  recipient: 'Whose should it be?',
  optional: '(optional)',
  recipientHint: 'The e-mail address of whoever shows it to you',
  check: 'Check this badge',
  privacy:
    'What you give is checked and forgotten: it is neither stored nor logged. To check it, this site asks the addresses that the badge names.',
  another: 'Check another badge',
  again: 'Check again',
  page: 'Its page on this site',
  keep: 'Keep in my backpack',
  back: 'Back to the badge',
  given: 'This is',
  both: 'A file and a text were given: the file was checked, the text was not.',
  refused: 'Not checked',
}

type Form = {
  readonly urls: PublicUrls
  /** What stands in the fields already. */
  readonly text?: string | undefined
  readonly recipient?: string | undefined
  /** Whether something was wrong with what was given, as the line with this id says. */
  readonly isRefused?: boolean
}

/** The line that says what is wrong, for fields to point at. */
const problemId = 'problem'

/** The form, with a sentence on top when something kept us from checking. */
export function verifyPage({ urls, text, problem }: Form & { problem?: string | undefined }): Page {
  const main = html`<section class="card"><h1>${messages.title}</h1><p>${messages.intro}</p>
${problem !== undefined && html`<p class="status warn" id="${problemId}" role="alert">${icons.warn}<span><strong>${messages.refused}</strong>${problem}</span></p>`}
${form({ urls, text, isRefused: problem !== undefined })}</section>`
  const title = problem === undefined ? messages.title : `${messages.refused}: ${messages.title}`
  return { title, main, listed: true }
}

export type Examined = Omit<Shown, 'buttons'> & {
  readonly urls: PublicUrls
  /** The link that was given; a file or a text has none. */
  readonly link?: string | undefined
  /** The award of ours that it is. */
  readonly award?: AwardView | undefined
  /** What was given in the place of a badge. */
  readonly content?: Content | undefined
  /** What was given as text. */
  readonly text?: string | undefined
  /** Whether a text was given beside the file. */
  readonly isBoth?: boolean | undefined
}

/** What came of it. */
export function examinedPage(examined: Examined): Page {
  const { urls, link, award, content, text, isBoth, ...shown } = examined
  const { report } = shown
  const isBadge = !isNoAward(report)
  const view = isBadge
    ? reportView({ ...shown, buttons: buttonsFor({ urls, link, award, report }) })
    : noBadge(examined)
  const main = html`<h1>${messages.title}</h1>${isBoth === true && html`<p class="soft">${messages.both}</p>`}
${view}`
  return { title: titleFor(report), main }
}

/** The same for an award of this site, found by its address. */
export function awardVerificationPage({
  award,
  urls,
  ...shown
}: Omit<Shown, 'buttons'> & { readonly award: AwardView; readonly urls: PublicUrls }): Page {
  const local = urls.local(urls.assertion(award.awardId))
  const buttons = html`<a class="button main" href="${local}">${messages.back}</a><a class="button" href="${local}/verification">${messages.again}</a>`
  const jsonAddress = `${local}/verification?format=json`
  const main = html`<h1>${messages.title}</h1>${reportView({ ...shown, buttons, jsonAddress })}`
  const title = `${titleOf(shown.report).title}: ${award.name}`
  return { title, main }
}

// The verdict is what a screen reader should say first.
function titleFor(report: Examined['report']): string {
  const { achievementName, name = '' } = report.badge
  const badgeName = clip(achievementName ?? name, 100)
  const verdict = titleOf(report).title
  return badgeName === '' ? `${verdict}. ${messages.title}` : `${verdict}: ${badgeName}`
}

type Linked = Pick<Examined, 'urls' | 'link' | 'award' | 'report'>

function buttonsFor({ urls, link, award, report }: Linked): Html {
  const again =
    link === undefined ? undefined : `${verifyPath(urls)}?url=${encodeURIComponent(link)}`
  return html`${award !== undefined && award.visibility !== 'private' && html`<a class="button main" href="${urls.local(urls.assertion(award.awardId))}">${messages.page}</a>`}${
    again !== undefined && html`<a class="button" href="${again}">${messages.again}</a>`
  }${keepable.has(report.verdict) && html`<a class="button" href="${keepPath(urls, link)}">${messages.keep}</a>`}<a class="button" href="${verifyPath(urls)}">${messages.another}</a>`
}

// What the backpack would refuse is not sent there.
const keepable: ReadonlySet<Examined['report']['verdict']> = new Set(['valid', 'expired'])

/** Where the reader can take the badge in; a file has to be given there again, as nothing of it is kept here. */
function keepPath(urls: PublicUrls, link: string | undefined): string {
  const query = link === undefined ? '' : `?address=${encodeURIComponent(link)}`
  return `${urls.local(urls.start)}backpack/import${query}`
}

function noBadge({ report, asked = [], urls, link, content, text, recipient }: Examined): Html {
  const unanswered = asked.find(({ problem }) => problem !== undefined)
  const reason =
    unanswered === undefined ? whatIsGiven(report, content) : unansweredWords(unanswered)
  const given = content?.instead ?? link ?? text ?? ''
  return html`<section class="card"><div id="${problemId}">${verdictLine({ report, reason, remedy: content?.remedy })}</div>
${form({ urls, text: given.length > mostGivenBack ? '' : given, recipient, isRefused: true })}</section>
${emptyReportView({ asked })}`
}

function whatIsGiven({ checks: [first] }: Examined['report'], content: Content | undefined) {
  if (content === undefined) return undefined
  const given = `${messages.given} ${content.is}`
  return content.remedy === undefined ? `${given}. ${first?.message ?? ''}` : `${given}.`
}

function form({ urls, text = '', recipient = '', isRefused }: Form): Html {
  const refused = isRefused === true && html` aria-invalid="true"`
  const why = isRefused === true && html`${problemId} `
  return html`<form class="verify" method="post" action="${verifyPath(urls)}" enctype="multipart/form-data">
<div><label for="file">${messages.file} <span class="soft">${messages.fileHint}</span></label>
<input class="drop" id="file" name="file" type="file" aria-describedby="${why}privacy"${refused} accept=".png,.svg,.json,.jsonld,.jwt,.txt,image/png,image/svg+xml,application/json,application/ld+json"></div>
<p class="or"><span>${messages.or}</span></p>
<div><label for="badge">${messages.text}</label>
<textarea id="badge" name="badge" rows="3" spellcheck="false" autocomplete="off" autocapitalize="none" aria-describedby="${why}badge-hint"${refused}>${text}</textarea>
<p id="badge-hint" class="soft">${messages.textHint}</p></div>
<div><label for="recipient">${messages.recipient} <span class="soft">${messages.optional}</span></label>
<input id="recipient" name="recipient" type="text" inputmode="email" autocomplete="off" autocapitalize="none" spellcheck="false" value="${recipient}" aria-describedby="recipient-hint">
<p id="recipient-hint" class="soft">${messages.recipientHint}</p></div>
<p><button class="button main" type="submit">${messages.check}</button></p>
<p id="privacy" class="soft">${messages.privacy}</p>
</form>`
}

function verifyPath(urls: PublicUrls): string {
  return `${urls.local(urls.start)}verify`
}
