import { Readable } from 'node:stream'
import multipart from '@fastify/multipart'
import * as contract from '@rosette/contract/backpack'
import type { FastifyRequest } from 'fastify'
import { forSignedIn } from '../../http/access.js'
import { AppError } from '../../http/app-error.js'
import type { HttpServer } from '../../http/http-server.js'
import { personIn } from '../accounts/accounts.js'
import { createArchiveExport, type ExportDeps } from './export-archive.js'
import { type ArchiveImportDeps, createArchiveImport } from './import-archive.js'

type Deps = ExportDeps & ArchiveImportDeps

const path = '/api/v1/backpack/archive'
const mostBytes = 64 * 1024 * 1024

/** The whole backpack as a file, from here and to here. */
export function archiveRoutes(server: HttpServer, deps: Deps): void {
  const exportArchive = createArchiveExport(deps)
  server.get(
    path,
    { schema: contract.exportBackpack, config: forSignedIn },
    async (request, reply) => {
      const { id } = personIn(request)
      const day = deps.now().toISOString().slice(0, 10)
      reply.headers({
        'content-disposition': `attachment; filename="backpack-${day}.zip"`,
        'cache-control': 'private, no-store',
      })
      const archive: unknown = Readable.from(exportArchive(id))
      return await reply.type('application/zip').send(parseSendable(archive))
    },
  )

  server.register(async (scope) => importRoute(scope, deps))
}

function importRoute(scope: HttpServer, deps: Deps): void {
  const importArchive = createArchiveImport(deps)
  scope.register(multipart, { limits: { fileSize: mostBytes, files: 1, parts: 3 } })
  scope.addContentTypeParser(
    ['application/zip', 'application/x-zip-compressed'],
    { parseAs: 'buffer', bodyLimit: mostBytes },
    (_request, body, done) => done(null, body),
  )
  scope.post(
    path,
    { schema: contract.importBackpackArchive, config: forSignedIn },
    async (request, reply) => {
      const person = personIn(request)
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      return await importArchive(person, await readArchive(request), gone.signal)
    },
  )
}

async function readArchive(request: FastifyRequest): Promise<Buffer> {
  const { body } = request
  if (Buffer.isBuffer(body)) return body
  if (!request.isMultipart()) throw noFile()
  try {
    const bytes = await (await request.file())?.toBuffer()
    if (bytes === undefined) throw noFile()
    return bytes
  } catch (error) {
    if (error instanceof AppError) throw error
    const isOverSize = error instanceof Error && 'code' in error && error.code === overSize
    if (!isOverSize) throw noFile(error)
    const remedy = 'Take it apart, and import its badges in several archives.'
    throw new AppError('too-large', `The archive is larger than 64 MB. ${remedy}`)
  }
}

const overSize = 'FST_REQ_FILE_TOO_LARGE'

function noFile(cause?: unknown): AppError {
  const remedy = 'Send it as application/zip, or in a form with one file.'
  return new AppError('request-invalid', `The request carries no archive. ${remedy}`, { cause })
}

// The contract describes the bytes; they are sent as they come.
function parseSendable(archive: unknown): Uint8Array<ArrayBuffer> {
  return archive as Uint8Array<ArrayBuffer>
}
