import type { Report } from '@rosette/open-badges'

const marks = { passed: '✓', failed: '✗', warning: '!', skipped: '-' }

/** A report for people: each check, what is inside, what others say, and at the end the answer. */
export function reportLines(report: Report): readonly string[] {
  const { kind, checks, badges = [], endorsements = [] } = report
  const from = report.badge.issuerName ?? report.badge.issuerId
  return [
    [nameOf(report), from === undefined ? '' : ` by ${from}`, ` (${kind})`].join(''),
    ...checks.map(
      ({ code, outcome, message }) => `${marks[outcome]} ${code.padEnd(11)} ${message}`,
    ),
    ...badges.map((inside) => `  holds ${nameOf(inside)}: ${answerOf(inside)}`),
    ...endorsements.map((one) => {
      const who = one.endorserName ?? one.endorserId ?? 'somebody'
      const said = one.comment === undefined ? '' : ` "${one.comment}"`
      return `  endorsement of the ${one.about} by ${who}:${said} ${answerOf(one)}`
    }),
    report.verdict === 'valid' ? 'VALID' : `NOT VALID: ${answerOf(report)}`,
  ].map(withoutControls)
}

/** What counts most against a badge; nothing when it is valid. */
export function problemIn({ verdict, checks }: Judged): string | undefined {
  if (verdict === 'valid') return undefined
  return firstProblem(checks)?.message
}

type Judged = Pick<Report, 'verdict' | 'checks'>

function answerOf({ verdict, checks }: Judged): string {
  const word = verdict.replaceAll('-', ' ')
  const problem = verdict === 'valid' ? undefined : firstProblem(checks)
  if (problem === undefined) return word
  const { code, outcome, message } = problem
  const what = outcome === 'failed' ? 'failed' : 'could not be made'
  return `${word}. The check "${code}" ${what}: ${message}`
}

// Something unknown may be told by a check that was skipped, such as an issuer nobody could ask.
function firstProblem(checks: Report['checks']) {
  const first = (wanted: string) => checks.find(({ outcome }) => outcome === wanted)
  return first('failed') ?? first('skipped')
}

function nameOf({ badge }: Pick<Report, 'badge'>): string {
  return badge.achievementName ?? badge.name ?? 'A badge'
}

/** Strangers wrote the names: they must not move the cursor, or turn the line round. */
export function withoutControls(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
}
