import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkImage } from '../apps/server/src/features/images/create-images.js'
import {
  borders,
  type Design,
  finishes,
  forms,
  shapes,
} from '../apps/web/src/features/designer/design.js'
import { drawDesign } from '../apps/web/src/features/designer/draw-design.js'
import { glyphs } from '../apps/web/src/features/designer/glyphs.js'
import { designIn } from '../apps/web/src/features/designer/kept-design.js'

const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`)
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    '  ',
    '<script>alert(1)</script>',
    'url(javascript:x)',
    '\\@import',
    'بيانات',
  ),
)
const line = fc.record({ text, form: fc.constantFrom(...forms) })
const design: fc.Arbitrary<Design> = fc.record({
  shape: fc.constantFrom(...shapes),
  border: fc.constantFrom(...borders),
  finish: fc.constantFrom(...finishes),
  fill: colour,
  rim: colour,
  ink: colour,
  glyph: fc.option(fc.constantFrom(...(Object.keys(glyphs) as (keyof typeof glyphs)[]))),
  top: line,
  middle: text,
  bottom: line,
})

describe('pictures of the designer', () => {
  it('are let through by the server, whole, and can be changed again afterwards', () => {
    fc.assert(
      fc.property(design, text, (given, title) => {
        const drawn = drawDesign(given, title)
        const { mediaType, content } = checkImage(Buffer.from(drawn))
        const kept = content.toString()
        expect(mediaType).toBe('image/svg+xml')
        expect(designIn(kept)).toEqual(designIn(drawn))
        expect(designIn(kept)?.shape).toBe(given.shape)
        // Nothing that was drawn is lost: every element and every colour is still there.
        expect(kept.match(/<\w+/g)).toEqual(drawn.match(/<\w+/g))
        for (const attribute of ['fill', 'transform', 'd']) {
          const values = new RegExp(` ${attribute}="[^"]*"`, 'g')
          expect(kept.match(values)).toEqual(drawn.match(values))
        }
      }),
      { numRuns: 300 },
    )
  })
})
