import type { FastifyRequest } from 'fastify'
import { plural } from '../../http/html-words.js'
import { queryOf } from '../../http/public-answers.js'
import type { Notice } from './admin-frame.js'

/** What was done, by the short code with which the browser is sent on. */
const results = {
  retried: {
    one: '1 issuance waits in the queue again.',
    other: '{n} issuances wait in the queue again.',
  },
  resolved: 'The notice is gone. It comes back when its cause is found again.',
  added: 'The account was added. Its key works.',
  resumed: 'The account works again.',
  paused: 'The account is paused: nothing is sent to it until you resume it.',
  'key-changed': 'The new key works and is used from now on.',
  'key-rotated': 'A new key was made at the provider and is used from now on.',
  'webhook-cleared': 'The webhook needs no secret any more.',
} as const

export type Result = keyof typeof results

/** Where the browser goes after something was done. */
export function withResult(path: string, result: Result, count?: number): string {
  const end = count === undefined ? '' : `&n=${count}`
  return `${path}${path.includes('?') ? '&' : '?'}done=${result}${end}`
}

/** What the address says was done; undefined when it says nothing that we know. */
export function resultOf(request: FastifyRequest): Notice | undefined {
  const code = queryOf(request, 'done') ?? ''
  const found = Object.entries(results).find(([name]) => name === code)
  if (found === undefined) return undefined
  const [, words] = found
  if (typeof words === 'string') return { is: 'good', text: words }
  const count = Math.min(1e9, Math.max(0, Math.trunc(Number(queryOf(request, 'n'))) || 0))
  return { is: 'good', text: plural(count, words) }
}
