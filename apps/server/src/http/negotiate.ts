import type { FastifyReply, FastifyRequest } from 'fastify'
import { queryOf } from './public-answers.js'

// These fetch a shared link to show a preview of it, and many of them accept anything.
const previewers =
  /facebookexternalhit|facebot|linkedinbot|twitterbot|slackbot|discordbot|telegrambot|whatsapp|skypeuripreview|pinterest|redditbot|mastodon|iframely|embedly|googlebot|bingbot|applebot|duckduckbot/i

/**
 * Whether the caller is a person with a browser (or a preview made for one) rather than a program.
 * A program that accepts anything gets JSON; `?format=` decides where it is given.
 */
export function prefersHtml(request: FastifyRequest): boolean {
  const format = queryOf(request, 'format')
  if (format === 'html') return true
  if (format === 'json') return false
  const accept = request.headers.accept
  const html = quality(accept, /^(text\/html|application\/xhtml\+xml)$/)
  const json = quality(accept, /^application\/([\w.+-]+\+)?(json|jwt)$/)
  if (html === 0 && json === 0) return previewers.test(request.headers['user-agent'] ?? '')
  return html > json || (html === json && htmlComesFirst(accept))
}

/** Caches must keep the answers for people and for programs apart. */
export function varyByReader(reply: FastifyReply): void {
  reply.header('vary', 'Accept, User-Agent')
}

/** The best quality with which a media type is named outright; wildcards name nothing. */
export function quality(accept: string | undefined, pattern: RegExp): number {
  const found = (accept ?? '').split(',').flatMap((part) => {
    const [type = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase())
    if (!pattern.test(type)) return []
    const q = parameters.find((parameter) => parameter.startsWith('q='))
    const value = q === undefined ? 1 : Number(q.slice(2))
    return [Number.isFinite(value) ? value : 0]
  })
  return Math.max(0, ...found)
}

function htmlComesFirst(accept = ''): boolean {
  const html = accept.toLowerCase().indexOf('html')
  const json = accept.toLowerCase().indexOf('json')
  return html >= 0 && (json < 0 || html < json)
}
