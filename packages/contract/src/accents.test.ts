import { describe, expect, it } from 'vitest'
import { contrastOf, toAccents } from './accents.js'

describe('an accent colour', () => {
  it('that can be read in light is kept there, and lightened for dark', () => {
    expect(toAccents('#3730a3').light).toEqual({
      colour: '#3730a3',
      letters: '#ffffff',
      isAdjusted: false,
    })
    expect(toAccents('#3730a3').dark.isAdjusted).toBe(true)
  })

  it.each(['#ffff00', '#ffffff', '#000000', '#ff0000', '#00ff00', '#777777', '#123456', '#fde68a'])(
    '%s can be read on the page, on cards, and under its letters',
    (chosen) => {
      const { light, dark } = toAccents(chosen)
      for (const against of ['#ffffff', '#f6f6fa', light.letters]) {
        expect(contrastOf(light.colour, against)).toBeGreaterThanOrEqual(4.5)
      }
      for (const against of ['#1c1c28', '#12121a', dark.letters]) {
        expect(contrastOf(dark.colour, against)).toBeGreaterThanOrEqual(4.5)
      }
    },
  )

  it('has the contrast that WCAG reckons', () => {
    expect(contrastOf('#000000', '#ffffff')).toBe(21)
    expect(contrastOf('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  })
})
