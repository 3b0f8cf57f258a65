import { expect, it } from 'vitest'
import { hexLines, textOf } from './bytes.js'

it('shows text as text, and what is none as dots', () => {
  const bytes = new Uint8Array([...new TextEncoder().encode('Straße\n'), 0, 7, 255])
  expect(textOf(btoa(String.fromCharCode(...bytes)))).toBe('Straße\n···')
})

it('shows sixteen bytes a line, with the place of the first', () => {
  expect(hexLines('00ff'.repeat(9))).toBe(
    `000000  ${Array.from({ length: 8 }, () => '00 ff').join(' ')}\n000010  00 ff`,
  )
})
