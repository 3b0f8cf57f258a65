import multipart from '@fastify/multipart'
import { rawBadgeTypes } from '@rosette/contract'
import type { FastifyRequest } from 'fastify'
import { AppError } from '../../http/app-error.js'
import type { HttpServer } from '../../http/http-server.js'

/** A badge as somebody hands it in, and whose it should be. */
export type Submission = {
  /** An object, the bytes of a file, or text. */
  readonly badge: unknown
  readonly recipient?: string | readonly string[] | undefined
  /** True when a text came beside the file, which was left out. */
  readonly isBoth?: boolean
}

/** Bytes of a request. */
const mostBytes = 8 * 1024 * 1024

/** Characters of whom a badge should belong to. */
const mostName = 2000

/** Lets a scope take badges as forms and as files; JSON it takes already. */
export function acceptBadges(scope: HttpServer): void {
  const limits = { fileSize: mostBytes, fieldSize: mostBytes, files: 1, fields: 4, parts: 5 }
  scope.register(multipart, { limits })
  scope.removeContentTypeParser(['text/plain'])
  scope.addContentTypeParser(
    [...rawBadgeTypes],
    { parseAs: 'buffer', bodyLimit: mostBytes },
    (_request, body, done) => done(null, body),
  )
  scope.addHook('onRequest', async ({ headers }) => {
    // Said before it is read; what comes without a length is cut off at the same size.
    if (Number(headers['content-length']) > mostBytes) throw tooLarge()
  })
}

/** What a request hands in, whichever way it does; members that were not given are missing. */
export async function readSubmission(request: FastifyRequest): Promise<Partial<Submission>> {
  const { body } = request
  if (request.isMultipart()) return await readForm(request)
  return Buffer.isBuffer(body) && body.length > 0 ? { badge: body } : {}
}

async function readForm(request: FastifyRequest): Promise<Partial<Submission>> {
  const { file, fields } = await readParts(request)
  const text = fields.get('badge') ?? ''
  const recipient = fields.get('recipient') ?? ''
  if (recipient.length > mostName) throw unreadable('That is no address of a person. ')
  const isBoth = file !== undefined && file.length > 0 && text !== ''
  return {
    // A browser sends an empty file where none was chosen.
    ...(file !== undefined && file.length > 0 ? { badge: file } : text !== '' && { badge: text }),
    ...(recipient !== '' && { recipient }),
    ...(isBoth && { isBoth }),
  }
}

async function readParts(request: FastifyRequest) {
  let file: Buffer | undefined
  const fields = new Map<string, string>()
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') file = await part.toBuffer()
      else if (part.valueTruncated) throw tooLarge()
      else fields.set(part.fieldname, String(part.value).trim())
    }
  } catch (error) {
    const isOverSize = error instanceof Error && 'code' in error && error.code === overSize
    if (error instanceof AppError) throw error
    throw isOverSize ? tooLarge() : unreadable('The form was cut off, or is none. ', error)
  }
  return { file, fields }
}

const overSize = 'FST_REQ_FILE_TOO_LARGE'

// Whatever a form is made of, it is whoever sent it that can mend it.
function unreadable(why: string, cause?: unknown): AppError {
  const remedy = 'Send one file or one text as the badge, and whose it should be.'
  return new AppError('request-invalid', `${why}${remedy}`, { cause })
}

function tooLarge(): AppError {
  const remedy = 'Give the badge itself: the file that was downloaded, its text, or its link.'
  return new AppError('too-large', `What was sent is larger than 8 MB. ${remedy}`)
}
