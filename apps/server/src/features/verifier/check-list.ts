import type { Check, Report } from '@rosette/open-badges'
import { type Html, html } from '../../http/html.js'
import { icons } from '../../http/html-icons.js'
import { plural } from '../../http/html-words.js'
import { checkNames, outcomeWords } from './report-words.js'
import { clip, inWords } from './shown-values.js'

const nobodyAsked =
  'Nobody was named to whom it should belong, so it was not compared with anybody.'

/** What a badge without a signature has in its place. */
const hosted = 'Host'

const further = { one: '{n} technical check passed', other: '{n} technical checks passed' }

const looks = {
  passed: { icon: icons.good, colour: 'good' },
  failed: { icon: icons.bad, colour: 'bad' },
  warning: { icon: icons.warn, colour: 'warn' },
  skipped: { icon: icons.skipped, colour: 'soft' },
} satisfies Record<Check['outcome'], object>

const order = { failed: 0, warning: 1, passed: 2, skipped: 3 } satisfies Record<
  Check['outcome'],
  number
>

/** What people ask about a badge; of the others they need to know when something is wrong. */
const asked: readonly Check['code'][] = ['proof', 'issuer', 'status', 'dates', 'recipient']

/** Every check with its outcome, what went wrong first; what only experts ask for is folded away. */
export function checkList({ kind, checks }: Report): Html {
  const isHosted = kind.startsWith('Assertion') && !checks.some(({ code }) => code === 'key')
  const names = isHosted ? { ...checkNames, proof: hosted } : checkNames
  const sorted = [...checks].sort((a, b) => order[a.outcome] - order[b.outcome])
  const isFolded = ({ code, outcome }: Check) => outcome === 'passed' && !asked.includes(code)
  const folded = sorted.filter(isFolded)
  const open = sorted.filter((check) => !isFolded(check))
  return html`<ul class="checks">${open.map((check) => checkItem(check, names))}</ul>${
    folded.length > 0 &&
    html`<details class="further"><summary>${plural(folded.length, further)}</summary><ul class="checks">${folded.map((check) => checkItem(check, names))}</ul></details>`
  }`
}

function checkItem(
  { code, outcome, message, clause, detail }: Check,
  names: typeof checkNames,
): Html {
  const { icon, colour } = looks[outcome]
  const text = code === 'recipient' && outcome === 'skipped' ? nobodyAsked : message
  return html`<li><span class="${colour}">${icon}</span><div><strong>${names[code]}</strong>: <span class="${colour}">${outcomeWords[outcome]}</span><br>${inWords(text, 600)}${addressesIn(detail).map((address) => html`<br><span class="rule">${clip(address, 300)}</span>`)}<br><span class="rule">${clause}</span></div></li>`
}

// Whose key, whose list: for those who want to look it up, small beside the sentence.
function addressesIn(detail: Check['detail']): readonly string[] {
  const texts = Object.values(detail ?? {}).filter((value) => typeof value === 'string')
  return texts.filter((text) => /^(https?|did):/.test(text)).slice(0, 10)
}
