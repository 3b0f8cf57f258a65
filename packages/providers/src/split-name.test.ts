import { describe, expect, it } from 'vitest'
import { splitName } from './split-name.js'

describe('a full name', () => {
  it.each([
    ['Ada Lovelace', 'Ada', 'Lovelace'],
    ['  Ada   King  Lovelace ', 'Ada King', 'Lovelace'],
    ['Ludwig van Beethoven', 'Ludwig', 'van Beethoven'],
    ['Vasco da Gama', 'Vasco', 'da Gama'],
    ['Juan Carlos de la Vega', 'Juan Carlos', 'de la Vega'],
    ['Lovelace, Ada', 'Ada', 'Lovelace'],
    ['Van Morrison', 'Van', 'Morrison'],
    ['Suharto', 'Suharto', '.'],
    ['Nguyễn Thị Minh', 'Nguyễn Thị', 'Minh'],
    ['Ana y', 'Ana', 'y'],
  ])('%s is %s and %s', (name, first, last) => {
    expect(splitName(name)).toEqual({ first, last })
  })

  it('that is empty is none', () => {
    expect(splitName('  ')).toBeUndefined()
  })
})
