import { type BadgeTemplate, parseTemplate } from '@rosette/engine'
import { describe, expect, it } from 'vitest'
import { keptMarks } from './kept-marks.js'

const eventType = 'org.openedx.learning.course.passing.status.updated.v1'
const passing = { keyPath: 'is_passing', operator: 'eq', value: 'true' }
const failing = { ...passing, value: 'false' }
const requirement = { id: 'a', group: 'A', eventType, dataRules: [passing] }
const penalty = { id: 'p', eventType, dataRules: [failing], requirements: ['a'] }

function template(rules: object): BadgeTemplate {
  return parseTemplate({ id: 't', name: 'T', requirements: [requirement], ...rules })
}

function keptOf(old: object, next: object) {
  const { kept, withoutResets } = keptMarks(template(old), template(next))
  return { kept: [...kept], withoutResets: [...withoutResets] }
}

describe('marks stay', () => {
  it.each([
    ['when nothing changes', {}],
    ['when the group changes', { requirements: [{ ...requirement, group: 'B' }] }],
    ['when the words change', { requirements: [{ ...requirement, description: 'New' }] }],
    ['when the policy changes', { reaward: 'never' }],
    ['beside a new requirement', { requirements: [requirement, { ...requirement, id: 'b' }] }],
    ['under another penalty', { penalties: [penalty] }],
  ])('%s', (_, next) => {
    expect(keptOf({}, next)).toEqual({ kept: ['a'], withoutResets: [] })
  })

  it('when more are needed', () => {
    const counting = (atLeast: number) => ({
      requirements: [{ ...requirement, count: { atLeast, distinctBy: 'course.course_key' } }],
    })
    expect(keptOf(counting(2), counting(3)).kept).toEqual(['a'])
  })
})

describe('marks go', () => {
  it.each([
    ['with the data rules', { dataRules: [failing] }],
    ['with the window', { window: { from: '2026-01-01T00:00:00Z' } }],
    ['when it begins to count', { count: { atLeast: 2 } }],
    ['with the id', { id: 'b' }],
  ])('%s', (_, change) => {
    expect(keptOf({}, { requirements: [{ ...requirement, ...change }] }).kept).toEqual([])
  })

  it('with the repetition', () => {
    expect(keptOf({}, { repeat: { by: 'course.course_key' } }).kept).toEqual([])
  })
})

it('forgets resets of a penalty that is gone or other, and only those', () => {
  const before = { penalties: [penalty] }
  expect(keptOf(before, {}).withoutResets).toEqual(['a'])
  const other = { ...penalty, dataRules: [{ ...failing, operator: 'ne', value: 'true' }] }
  expect(keptOf(before, { penalties: [other] }).withoutResets).toEqual(['a'])
  expect(keptOf(before, { penalties: [{ ...penalty, id: 'q' }] }).withoutResets).toEqual([])
})
