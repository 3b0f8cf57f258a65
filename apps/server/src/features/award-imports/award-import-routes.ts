import multipart from '@fastify/multipart'
import * as contract from '@rosette/contract'
import type { FastifyRequest } from 'fastify'
import type { Db } from '../../db/database.js'
import { inQuery, on, reachOf, somewhere } from '../../http/access.js'
import { actorOf } from '../../http/actor.js'
import { AppError } from '../../http/app-error.js'
import type { HttpServer } from '../../http/http-server.js'
import { sendTable } from '../exports/exports.js'
import type { AwardImports } from './award-imports.js'
import { getImport, listImportRows, listImports, readImportRows } from './import-views.js'

type Deps = { readonly db: Db; readonly imports: AwardImports }

const root = '/api/v1/award-imports'
const mostBytes = 10 * 1024 * 1024
const toRead = on('award-import', 'award:read')
const toEdit = on('award-import', 'award:edit')

export function awardImportRoutes(server: HttpServer, deps: Deps): void {
  server.register(async (scope) => {
    scope.register(multipart, { limits: { fileSize: mostBytes, files: 1 } })
    scope.addContentTypeParser(
      ['text/csv', 'text/plain', 'application/vnd.ms-excel'],
      { parseAs: 'buffer', bodyLimit: mostBytes },
      (_request, body, done) => done(null, body),
    )
    uploadRoute(scope, deps)
  })
  readingRoutes(server, deps)
  workingRoutes(server, deps)
}

function uploadRoute(server: HttpServer, { imports }: Deps): void {
  const upload = { schema: contract.createAwardImport, config: inQuery('award:edit') }
  server.post(root, upload, async (request, reply) => {
    const { organizationId, templateId, fileName } = request.query
    const file = await fileIn(request)
    const name = fileName ?? file.name ?? 'awards.csv'
    const given = { organizationId, templateId, fileName: name.slice(0, 300), bytes: file.bytes }
    const made = await imports.create(given, actorOf(request))
    return reply.code(201).header('location', `${root}/${made.id}`).send(made)
  })
}

async function fileIn(request: FastifyRequest) {
  if (request.isMultipart()) {
    const part = await request.file()
    if (part !== undefined) return { name: part.filename, bytes: await part.toBuffer() }
  }
  if (Buffer.isBuffer(request.body)) return { name: undefined, bytes: request.body }
  const message = 'The request carries no file. Send it as text/csv, or as a form with one file.'
  throw new AppError('unsupported-media-type', message)
}

function readingRoutes(server: HttpServer, { db }: Deps): void {
  const list = { schema: contract.listAwardImports, config: somewhere('award:read') }
  server.get(root, list, (request) =>
    listImports(db, request.query, reachOf(request, 'award:read')),
  )

  server.get(`${root}/:id`, { schema: contract.getAwardImport, config: toRead }, ({ params }) =>
    getImport(db, params.id),
  )

  const rows = { schema: contract.listAwardImportRows, config: toRead }
  server.get(`${root}/:id/rows`, rows, ({ params, query }) => listImportRows(db, params.id, query))

  const file = { schema: contract.exportAwardImport, config: toRead }
  server.get(`${root}/:id/file`, file, async (request, reply) => {
    const { id } = request.params
    const { columns } = await getImport(db, id)
    const cells = columns.map(({ header }, index) => [
      header === '' ? `Column ${index + 1}` : header,
      (row: contract.AwardImportRow) => row.cells[index] ?? '',
    ])
    await sendTable<contract.AwardImportRow>(reply, {
      name: 'award-import',
      columns: {
        Line: ({ number }) => number,
        ...Object.fromEntries(cells),
        Check: ({ check }) => check,
        'What is wrong': ({ faults }) => faults.map(({ reason }) => reason).join(' '),
        Result: ({ result }) => result,
        Detail: ({ detail }) => detail,
        Award: ({ awardId }) => awardId,
      },
      rows: readImportRows(db, id),
    })
  })
}

function workingRoutes(server: HttpServer, { imports }: Deps): void {
  const update = { schema: contract.updateAwardImport, config: toEdit }
  server.put(`${root}/:id`, update, (request) =>
    imports.update(request.params.id, request.body, actorOf(request)),
  )

  const run = { schema: contract.runAwardImport, config: toEdit }
  server.post(`${root}/:id/run`, run, async (request, reply) =>
    reply.code(202).send(await imports.run(request.params.id, actorOf(request))),
  )

  const cancel = { schema: contract.cancelAwardImport, config: toEdit }
  server.post(`${root}/:id/cancellation`, cancel, (request) =>
    imports.cancel(request.params.id, actorOf(request)),
  )

  const remove = { schema: contract.deleteAwardImport, config: toEdit }
  server.delete(`${root}/:id`, remove, async (request, reply) => {
    await imports.remove(request.params.id, actorOf(request))
    return reply.code(204).send(null)
  })
}
