import { describe, expect, it } from 'vitest'
import { isWritable, linesOf, runsOf } from './writing.js'

const written = (line: string) => runsOf(line).map(({ text }) => text)

describe('a line on paper', () => {
  it('is one run where it has one direction', () => {
    expect(runsOf('Ada Lovelace 1815')).toEqual([
      { text: 'Ada Lovelace 1815', font: 'brand', isRtl: false },
    ])
    expect(written('آدا لوفليس')).toEqual(['آدا لوفليس'])
  })

  it('goes from right to left where it begins so, with what is Latin the other way', () => {
    expect(written('تحليل Data 101 متقدم')).toEqual(['متقدم', ' ', 'Data 101', 'تحليل '])
    expect(written('Course محمد two')).toEqual(['Course ', 'محمد', ' ', 'two'])
  })

  it('changes the font where the first has no letters', () => {
    expect(runsOf('Άντα & Ada').map(({ font }) => font)).toEqual(['other', 'brand'])
  })

  it('can be written where there are letters for all of it', () => {
    expect(isWritable('Zoë, Жанна, שרה – ქეთი')).toBe(true)
    expect(isWritable('王小明')).toBe(false)
  })
})

describe('lines', () => {
  const fits = (line: string) => line.length <= 10
  it('break between words, within those that are too long, and end with a sign that there is more', () => {
    expect(linesOf('one two three', { most: 3, fits })).toEqual(['one two', 'three'])
    expect(linesOf('abcdefghijklmno', { most: 3, fits })).toEqual(['abcdefghij', 'klmno'])
    expect(linesOf('one two three four five six', { most: 2, fits })).toEqual([
      'one two',
      'three fou…',
    ])
    expect(linesOf(' ', { most: 2, fits })).toEqual([])
  })
})
