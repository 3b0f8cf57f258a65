import type { Report } from '@rosette/open-badges'
import { describe, expect, it } from 'vitest'
import { problemIn, reportLines } from './report-lines.js'

const passed = {
  code: 'parse',
  outcome: 'passed',
  message: 'A badge was read.',
  clause: '',
} as const
const failed = {
  code: 'proof',
  outcome: 'failed',
  message: 'It was changed.',
  clause: '',
  error: 'ERR_OB_SIGNATURE',
} as const
const skipped = {
  code: 'status',
  outcome: 'skipped',
  message: 'Nobody asked.',
  clause: '',
} as const
const good: Report = {
  verdict: 'valid',
  kind: 'ClrCredential 2.0',
  badge: { name: 'A record', issuerName: 'A school' },
  checks: [passed],
}

describe('a report in lines', () => {
  it('ends with the answer', () => {
    expect(reportLines(good)).toEqual([
      'A record by A school (ClrCredential 2.0)',
      '✓ parse       A badge was read.',
      'VALID',
    ])
  })

  it('ends with the first check that failed, or else could not be made', () => {
    const bad: Report = { ...good, verdict: 'invalid', checks: [passed, skipped, failed] }
    expect(reportLines(bad).at(-1)).toBe(
      'NOT VALID: invalid. The check "proof" failed: It was changed.',
    )
    expect(problemIn(bad)).toBe('It was changed.')
    const odd: Report = { ...good, verdict: 'unknown', checks: [passed, skipped] }
    expect(reportLines(odd).at(-1)).toBe(
      'NOT VALID: unknown. The check "status" could not be made: Nobody asked.',
    )
    expect(problemIn({ ...odd, checks: [] })).toBe(undefined)
  })

  it('tells what is inside and what others say, each with its own answer', () => {
    const inside: Report = { ...good, verdict: 'not-yet-valid', badge: {}, checks: [failed] }
    const endorsed: Report = {
      ...good,
      badges: [good, inside],
      endorsements: [
        { verdict: 'valid', about: 'issuer', endorserName: 'A body', comment: 'Good', checks: [] },
        { verdict: 'invalid', about: 'badge', checks: [failed] },
      ],
    }
    expect(reportLines(endorsed).slice(2)).toEqual([
      '  holds A record: valid',
      '  holds A badge: not yet valid. The check "proof" failed: It was changed.',
      '  endorsement of the issuer by A body: "Good" valid',
      '  endorsement of the badge by somebody: invalid. The check "proof" failed: It was changed.',
      'VALID',
    ])
  })

  it('lets no name reach beyond its line', () => {
    const name = 'A\u001b[2J\nVALID\u202e'
    expect(reportLines({ ...good, badge: { name } })[0]).toBe('A [2J VALID  (ClrCredential 2.0)')
  })
})
