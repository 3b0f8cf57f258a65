import type { Check } from '@rosette/open-badges'
import { expect, it } from 'vitest'
import { decisiveCheck, isSomebodyElses } from './decisive-check.js'

const failed = (code: Check['code'], error: NonNullable<Check['error']>): Check => ({
  code,
  error,
  outcome: 'failed',
  message: error,
  clause: '',
})

const unreachable = failed('key', 'ERR_OB_KEY_UNREACHABLE')
const changed = failed('proof', 'ERR_OB_SIGNATURE')
const revoked = failed('status', 'ERR_OB_REVOKED')
const expired = failed('dates', 'ERR_OB_EXPIRED')
const somebodyElses = failed('recipient', 'ERR_OB_RECIPIENT')

it.each([
  ['invalid', [unreachable, changed, revoked], changed],
  ['revoked', [expired, unreachable, revoked], revoked],
  ['expired', [unreachable, expired], expired],
  ['unknown', [unreachable], unreachable],
  ['valid', [], undefined],
] as const)('reads %s from the check that made it so', (verdict, checks, expected) => {
  expect(decisiveCheck({ verdict, checks })).toBe(expected)
})

it('tells a real badge of somebody else from one that is not real', () => {
  const of = (...checks: readonly Check[]) => isSomebodyElses({ verdict: 'invalid', checks })
  expect([of(somebodyElses), of(somebodyElses, changed), of(changed), of()]).toEqual([
    true,
    false,
    false,
    false,
  ])
})

it('names the signature that could not be asked for when nothing failed', () => {
  const skipped = { code: 'proof', outcome: 'skipped', message: 'no', clause: '' } as const
  expect(decisiveCheck({ verdict: 'unknown', checks: [skipped] })).toBe(skipped)
})
