import { describe, expect, it } from 'vitest'
import { designFor } from './design.js'
import { drawDesign } from './draw-design.js'
import { designIn } from './kept-design.js'
import { canCurve, isCovered } from './letters.js'
import { contrastOf, palettes } from './palettes.js'

describe('a picture that was designed here', () => {
  it('carries its design, whatever is written on it', () => {
    const design = { ...designFor('Data <& "Science" 日本'), middle: '"quoted" & <b>' }
    expect(designIn(drawDesign(design, 'Data'))).toEqual(design)
  })

  it('is told apart from others', () => {
    expect(designIn('<svg class="rosette-design e30"/>')).toBeUndefined()
    expect(designIn('<svg class="rosette-design !!"/>')).toBeUndefined()
    expect(designIn('<svg/>')).toBeUndefined()
  })

  it('begins with the same design for the same name', () => {
    expect(designFor('Algebra')).toEqual(designFor('Algebra'))
    expect(drawDesign(designFor('Algebra'), 'x')).not.toBe(drawDesign(designFor('Geometry'), 'x'))
  })

  it('sets letters that hang together in a straight line', () => {
    expect([canCurve('Ünïcode 101'), canCurve('Анализ'), canCurve('بيانات')]).toEqual([
      true,
      true,
      false,
    ])
    const text = { text: 'بيانات', form: 'curved' } as const
    expect(drawDesign({ ...designFor(''), top: text }, 'x')).toContain('>بيانات</text>')
  })

  it('warns of letters that cannot be drawn everywhere', () => {
    expect([isCovered('Zażółć'), isCovered('日本'), isCovered('★')]).toEqual([true, false, false])
  })
})

describe('palettes', () => {
  it.each(palettes)('$id can be read', ({ fill, ink }) => {
    expect(contrastOf(fill, ink)).toBeGreaterThanOrEqual(4.5)
  })
})
