import type { FastifyReply, FastifyRequest } from 'fastify'
import { byHeader } from './by-header.js'
import { queryOf } from './public-answers.js'

// These fetch a shared link to show a preview of it, and many of them accept anything.
const previewers =
  /facebookexternalhit|facebot|linkedinbot|twitterbot|slackbot|discordbot|telegrambot|whatsapp|skypeuripreview|pinterest|redditbot|mastodon|iframely|embedly|googlebot|bingbot|applebot|duckduckbot/i

const isPreviewer = byHeader((agent) => previewers.test(agent))

/**
 * Whether the caller is a person with a browser (or a preview made for one) rather than a program.
 * A program that accepts anything gets JSON; `?format=` decides where it is given.
 */
export function prefersHtml(request: FastifyRequest): boolean {
  const format = queryOf(request, 'format')
  if (format === 'html') return true
  if (format === 'json' || request.url.split('?', 1)[0]?.endsWith('.json') === true) return false
  const { html, json, htmlFirst } = wishesOf(request.headers.accept)
  if (html === 0 && json === 0) return isPreviewer(request.headers['user-agent'])
  return html > json || (html === json && htmlFirst)
}

/** Caches must keep the answers for people and for programs apart. */
export function varyByReader(reply: FastifyReply): void {
  reply.header('vary', 'Accept, User-Agent')
}

/** The best quality with which a media type is named outright; wildcards name nothing. */
export function quality(accept: string | undefined, pattern: RegExp): number {
  let best = 0
  for (const { type, q } of rangesOf(accept)) if (q > best && pattern.test(type)) best = q
  return best
}

/** The quality of one media type by its name. */
export function qualityOf(accept: string | undefined, name: string): number {
  let best = 0
  for (const { type, q } of rangesOf(accept)) if (q > best && type === name) best = q
  return best
}

type MediaRange = { readonly type: string; readonly q: number }

const rangesOf = byHeader((accept): readonly MediaRange[] => accept.split(',').map(parseRange))

const wishesOf = byHeader((accept) => ({
  html: quality(accept, /^(text\/html|application\/xhtml\+xml)$/),
  json: quality(accept, /^application\/([\w.+-]+\+)?(json|jwt)$/),
  htmlFirst: htmlComesFirst(accept),
}))

function parseRange(part: string): MediaRange {
  const [type = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase())
  const q = parameters.find((parameter) => parameter.startsWith('q='))
  const value = q === undefined ? 1 : Number(q.slice(2))
  return { type, q: Number.isFinite(value) ? value : 0 }
}

function htmlComesFirst(accept: string): boolean {
  const html = accept.toLowerCase().indexOf('html')
  const json = accept.toLowerCase().indexOf('json')
  return html >= 0 && (json < 0 || html < json)
}
