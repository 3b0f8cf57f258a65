import { expect, it } from 'vitest'
import { createPublicUrls } from '../../http/public-urls.js'
import { toBadgeAddress } from './badge-address.js'

const urls = createPublicUrls('https://badges.example/site')
const id = '0b7c1f6e-3f0a-4d6e-9a51-6c2f5f0d7a11'
const page = urls.assertion(id)

it.each([
  [page, urls.credential(id)],
  [`${page}/verification?format=html`, urls.credential(id)],
  [`https://badges.example/site/public/assertions/${id}#top`, urls.credential(id)],
  [`${page}/baked`, `${page}/baked`],
  ['https://other.example/public/assertions/x', 'https://other.example/public/assertions/x'],
  [' badges.example/site/a?b=c ', 'https://badges.example/site/a?b=c'],
  ['header.payload.signature', 'header.payload.signature'],
  ['{"a":"b.c/d"}', '{"a":"b.c/d"}'],
])('asks for %s at %s', (given, asked) => {
  expect(toBadgeAddress(given, urls)).toBe(asked)
})
