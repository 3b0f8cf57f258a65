import type { Check, CheckCode, Report, Verdict } from '@rosette/open-badges'

const checkOf: Partial<Record<Verdict, CheckCode>> = {
  revoked: 'status',
  suspended: 'status',
  expired: 'dates',
  'not-yet-valid': 'dates',
}

type Judged = Pick<Report, 'verdict' | 'checks'>

/** The check that the verdict comes from: what a person should read first. */
export function decisiveCheck({ verdict, checks }: Judged): Check | undefined {
  const failed = checks.filter(({ outcome }) => outcome === 'failed')
  const certain = failed.filter(({ error }) => !isOnlyUnknown(error))
  const [first] = verdict === 'invalid' && certain.length > 0 ? certain : failed
  return (
    failed.find(({ code }) => code === checkOf[verdict]) ?? first ?? unmade({ verdict, checks })
  )
}

/** Whether nothing is wrong but that it belongs to somebody else. */
export function isSomebodyElses({ verdict, checks }: Judged): boolean {
  const failed = checks.filter(({ outcome }) => outcome === 'failed')
  return (
    verdict === 'invalid' &&
    failed.length > 0 &&
    failed.every(({ error }) => error === 'ERR_OB_RECIPIENT')
  )
}

function isOnlyUnknown(error: Check['error']): boolean {
  return /_(UNREACHABLE|UNSUPPORTED|UNKNOWN|UNTRUSTED)$/.test(error ?? '')
}

// A badge that nobody vouches for may have failed nothing: then the check that was not made tells why.
function unmade({ verdict, checks }: Judged): Check | undefined {
  if (verdict === 'valid') return undefined
  return checks.find(({ code, outcome }) => code === 'proof' && outcome === 'skipped')
}
