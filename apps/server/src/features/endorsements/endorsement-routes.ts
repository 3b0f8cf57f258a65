import { AppError } from '../../http/app-error.js'
import { jsonMediaType, jwtMediaType, prefersJwt } from '../../http/badge-form.js'
import type { HttpServer } from '../../http/http-server.js'
import { notThere, publicIdOf, sendDocument } from '../../http/public-answers.js'
import type { Endorsements } from './create-endorsements.js'

/** The signed endorsements, for whoever meets one outside of a badge. */
export function endorsementRoutes(server: HttpServer, endorsements: Endorsements): void {
  server.get('/endorsements/:id', async (request, reply) => {
    const endorsement = await endorsements.find(publicIdOf(request, 'endorsement'))
    if (endorsement === undefined) throw notThere('endorsement')
    if (endorsement.withdrawn_at !== null) {
      throw new AppError('not-found', 'This endorsement was withdrawn.')
    }
    reply.header('vary', 'Accept')
    const { accept } = request.headers
    const { signed_text: text, signed_jwt: further } = endorsement
    // One that was signed elsewhere has only the form in which it came.
    const jwt = endorsement.form === 'jwt' ? text : further
    const isJwt = jwt !== null && (endorsement.form === 'jwt' || prefersJwt(request))
    const form = isJwt
      ? { body: jwt, type: jwtMediaType(accept) }
      : { body: text, type: jsonMediaType(accept) }
    return sendDocument(request, reply, { ...form, maxAge: 60 })
  })
}
