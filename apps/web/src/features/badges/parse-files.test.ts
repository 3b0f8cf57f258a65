import { describe, expect, it } from 'vitest'
import { namesIn, parseFiles } from './parse-files.js'

describe('files to import', () => {
  it('are joined, whether they hold one template or several', () => {
    const one = { name: 'a.json', text: '{"id":"a","name":"A"}' }
    const two = { name: 'b.json', text: '[{"id":"b"},{"id":"c","name":"C"},7]' }
    const read = parseFiles([one, two])
    expect(read).toMatchObject({ isFine: true })
    expect(read.isFine && namesIn(read.templates)).toEqual(['A', 'b', 'C'])
  })

  it('are named when they are no JSON', () => {
    expect(parseFiles([{ name: 'x.json', text: '{' }])).toMatchObject({
      isFine: false,
      name: 'x.json',
    })
  })
})
