import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../http/app-error.js'
import { toAppError, toProblem } from '../../http/problem.js'
import { log } from '../../telemetry/log.js'

const minors: Readonly<Record<number, string>> = {
  400: 'invalid_query_parameter',
  401: 'unauthorizedrequest',
  403: 'forbidden',
  404: 'not_found',
  405: 'not_allowed',
  406: 'not_acceptable',
  413: 'invalid_data',
  415: 'invalid_data',
  422: 'invalid_data',
  429: 'server_busy',
  503: 'server_busy',
}

/** A refusal in the words of 1EdTech, with a status that the API itself has no code for. */
export class StatusInfoError extends Error {
  readonly status: number
  readonly minor: string

  constructor(status: number, message: string, minor = minors[status] ?? 'unknown') {
    super(message)
    this.status = status
    this.minor = minor
  }
}

/** What every refusal of the Open Badges API looks like (Open Badges 3.0, Imsx_StatusInfo). */
export function answerStatusInfo(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const { status, message, minor } = toStatus(error, request)
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/json')
    .send(JSON.stringify(statusInfo({ status, message, minor })))
}

function toStatus(error: unknown, request: FastifyRequest) {
  if (error instanceof StatusInfoError) return error
  const refusal = error instanceof AppError ? error : toAppError(error)
  if (refusal.code === 'internal') log.error({ err: error, request: request.id }, 'request failed')
  const { status } = toProblem(refusal)
  const isBody = status === 400 && request.method !== 'GET'
  const minor = isBody ? 'invalid_data' : minors[status]
  return { status, message: refusal.message, minor: minor ?? 'internal_server_error' }
}

function statusInfo(given: { readonly status: number; message: string; minor: string }) {
  const { status, message, minor } = given
  return {
    imsx_codeMajor: status === 405 || status === 406 ? 'unsupported' : 'failure',
    imsx_severity: status === 404 ? 'status' : 'error',
    imsx_description: message,
    imsx_codeMinor: {
      imsx_codeMinorField: [
        { imsx_codeMinorFieldName: 'TargetEndSystem', imsx_codeMinorFieldValue: minor },
      ],
    },
  }
}
