import fc from 'fast-check'
import { expect, it } from 'vitest'
import { renderMarkdown } from './markdown.js'

it.each([
  ['quotes within quotes', '>'.repeat(10_000)],
  ['lists within lists', '1. '.repeat(3_300)],
])('shows %s as they were written when they are too deep to be read', (_what, text) => {
  expect(String(renderMarkdown(text))).toContain(text.slice(0, 3).replace('>>>', '&#62;&#62;&#62;'))
})

it.each([
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt&#58;alert(1))',
  '<a href="&#106;avascript:alert(1)">x</a>',
  '<a href="data:text/html,x">x</a>',
  '<a href="//evil.example">x</a>',
  '![x](https://evil.example/x.png)',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '<style>*{display:none}</style>',
  '<script>alert(1)</script>',
  '<p style="position:fixed" class="status good" id="main">x</p>',
  '<form action="https://evil.example"><input name="password"></form>',
])('leaves nothing that runs, loads, hides or leads astray: %s', (text) => {
  expect(String(renderMarkdown(text))).not.toMatch(
    /javascript|data:|evil|<img|<svg|<style|<script|<form|<input|alert\(1\)<|on\w+=|style=|class=|id=/i,
  )
})

it('never throws, and opens only the elements it allows', () => {
  const piece = fc.constantFrom(
    '>',
    '- ',
    '[',
    '](',
    ')',
    '<',
    '*',
    '`',
    '|',
    '\n',
    '  ',
    '"',
    'a',
    '#',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 200 }), (pieces) => {
      const tags = String(renderMarkdown(pieces.join(''))).match(/<[a-z0-9]+/g) ?? []
      const allowed =
        '<p <br <hr <strong <em <del <code <pre <blockquote <ul <ol <li <h3 <h4 <a <table <thead <tbody <tr <th <td'
      expect(tags.filter((tag) => !allowed.split(' ').includes(tag))).toEqual([])
    }),
  )
})
