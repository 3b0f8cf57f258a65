import type { FastifyRequest } from 'fastify'
import { byHeader } from './by-header.js'
import { quality, qualityOf } from './negotiate.js'
import { queryOf } from './public-answers.js'

const jwtTypes = ['application/vc+jwt', 'application/jwt', 'text/plain'] as const
const jsonTypes = ['application/vc+ld+json', 'application/vc', 'application/ld+json'] as const

/**
 * Whether the caller asks for the compact form. Who takes several forms alike gets JSON, and who
 * takes anything too: clients name text/plain beside JSON without thinking of badges.
 */
export function prefersJwt(request: FastifyRequest): boolean {
  const format = queryOf(request, 'format')
  if (format !== undefined) return format === 'jwt'
  return asksForJwt(request.headers.accept)
}

const asksForJwt = byHeader(
  (accept) =>
    Math.max(...jwtTypes.map((type) => qualityOf(accept, type))) > quality(accept, others),
)

const others =
  /^(text\/html|application\/xhtml\+xml|application\/vc|application\/([\w.+-]+\+)?json)$/

/** The name under which the compact form is sent: the one that was asked for. */
export const jwtMediaType = byHeader((accept): string => {
  const [best] = jwtTypes
    .map((type) => ({ type, q: qualityOf(accept, type) }))
    .sort((a, b) => b.q - a.q)
  return best === undefined || best.q === 0 ? jwtTypes[0] : best.type
})

/** Verifiers ask for the media types of the specifications; everything else understands plain JSON. */
export const jsonMediaType = byHeader((accept): string => {
  const asked = jsonTypes.find((type) => qualityOf(accept, type) > 0)
  return asked ?? 'application/json; charset=utf-8'
})
