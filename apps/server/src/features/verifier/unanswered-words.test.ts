import { expect, it } from 'vitest'
import { unansweredWords } from './unanswered-words.js'

const url = 'https://badges.example/1'

it.each([
  ['answers 404', 'badges.example says that there is nothing at this address.'],
  ['badges.example/1 answers with status 404.', 'badges.example says that there is nothing'],
  ['answers 403', 'only to people it knows'],
  ['answers 502', 'a problem of its own at the moment (502)'],
  ['answers 418', 'refused to answer (418)'],
  ['did not answer', 'badges.example did not answer.'],
  ['x is in a private network. Allow it by name.', 'badges.example is in a private network'],
  ['No host has that name.', 'No host has that name.'],
])('says of "%s" who it was and what that means', (problem, words) => {
  expect(unansweredWords({ url, problem })).toContain(words)
})

it('takes an address that is gone for a badge that was taken back', () => {
  expect(unansweredWords({ url, problem: 'answers 410', isGone: true })).toContain('took back')
})

it('does not break on what is no address', () => {
  expect(unansweredWords({ url: 'x', problem: 'did not answer' })).toBe(
    'The address did not answer.',
  )
})
