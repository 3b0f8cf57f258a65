import { expect, it } from 'vitest'
import { clip, inWords, strangersLink } from './shown-values.js'

it('leaves out what would turn around the words behind it', () => {
  const name = 'Ada\u202e\u2066 dilav toN\u2069\u202c'
  expect(clip(name, 100)).toBe('Ada dilav toN')
  expect(inWords(`It names ${name}.`, 100)).toBe('It names Ada dilav toN.')
  expect(String(strangersLink('https://a.example/', name))).toContain('>Ada dilav toN</a>')
})

it('keeps the marks that writing from right to left needs', () => {
  expect(clip('שלום\u200f!', 100)).toBe('שלום\u200f!')
})

it.each([
  'javascript:alert(1)',
  'data:text/html,x',
  ' javascript:x',
  'vbscript:x',
  'file:///etc/passwd',
  '//evil.example',
])('makes no link of %s', (address) => {
  expect(String(strangersLink(address))).not.toContain('<a')
})

it('does not let an address out of its attribute', () => {
  const text = String(strangersLink('https://a.example/"onmouseover="alert(1)', '<b>"\''))
  expect(text).toMatch(/^<a href="[^"<>]*" rel="[^"]*">&#60;b&#62;&#34;&#39;<\/a>$/)
})
