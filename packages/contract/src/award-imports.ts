import { z } from 'zod'
import { learnerName } from './awards.js'
import {
  id,
  idInput,
  idParams,
  instant,
  pageOf,
  paging,
  problems,
  signedIn,
  tableFile,
} from './common.js'

/** What a column of the file can be; the rest is left aside. */
export const importFields = [
  'email',
  'username',
  'lmsUserId',
  'name',
  'template',
  'instance',
  'awardedAt',
  'expiresAt',
  'narrative',
  'evidenceUrl',
  'evidenceName',
  'evidenceNarrative',
] as const
export const importField = z.enum(importFields)

export const importStates = ['checked', 'running', 'done', 'cancelled'] as const
/** What the preview says of a row. */
export const importChecks = ['ready', 'new-learner', 'held', 'faulty'] as const
/** What became of a row. */
export const importResults = ['awarded', 'held', 'failed'] as const

const named = z.object({ id, name: z.string() })

export const awardImport = z
  .object({
    id,
    organizationId: id,
    template: named.nullable().meta({ description: 'For rows that name no badge of their own' }),
    fileName: z.string(),
    encoding: z.string(),
    delimiter: z.string(),
    columns: z.array(
      z.object({
        header: z.string(),
        field: importField.nullable(),
        sample: z.string().nullable().meta({ description: 'What stands in the first row' }),
      }),
    ),
    state: z.enum(importStates),
    rows: z.int(),
    checks: z.object({ ready: z.int(), 'new-learner': z.int(), held: z.int(), faulty: z.int() }),
    results: z.object({ awarded: z.int(), held: z.int(), failed: z.int() }),
    createdBy: z.string(),
    createdAt: instant,
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
  })
  .meta({ id: 'AwardImport' })
export type AwardImport = z.output<typeof awardImport>

export const awardImportRow = z
  .object({
    number: z.int().meta({ description: 'The line of the file as people count: the header is 1' }),
    cells: z.array(z.string()),
    values: z.partialRecord(importField, z.string()),
    template: named.nullable(),
    learner: learnerName.nullable(),
    check: z.enum(importChecks),
    faults: z.array(
      z.object({
        column: z.string().nullable(),
        reason: z.string().meta({ description: 'What is wrong there, and the remedy' }),
      }),
    ),
    result: z.enum(importResults).nullable(),
    detail: z.string().nullable(),
    awardId: id.nullable(),
  })
  .meta({ id: 'AwardImportRow' })
export type AwardImportRow = z.output<typeof awardImportRow>

const route = { tags: ['award imports'], security: signedIn }

export const createAwardImport = {
  ...route,
  summary: 'Upload awards as CSV and have them checked',
  description:
    'The body is the file (text/csv), or multipart/form-data with one file. Nothing is awarded yet: read the rows, then run it. Encoding, delimiter and columns are found out; at most 20,000 rows.',
  consumes: ['text/csv', 'multipart/form-data'],
  querystring: z.object({
    organizationId: idInput,
    templateId: idInput.optional().meta({ description: 'For rows that name no badge' }),
    fileName: z.string().max(300).optional(),
  }),
  response: {
    201: awardImport,
    ...problems('template-not-found', 'award-import-refused', 'too-large'),
  },
}

export const listAwardImports = {
  ...route,
  summary: 'List imports of awards, the latest first',
  querystring: z.object({ ...paging, organizationId: idInput.optional() }),
  response: { 200: pageOf(awardImport, 'AwardImportPage'), ...problems() },
}

export const getAwardImport = {
  ...route,
  summary: 'Read one import, and how far it has come',
  params: idParams,
  response: { 200: awardImport, ...problems('award-import-not-found') },
}

export const listAwardImportRows = {
  ...route,
  summary: 'List the rows of an import, in the order of the file',
  params: idParams,
  querystring: z.object({
    ...paging,
    check: z.enum(importChecks).optional(),
    result: z.enum(importResults).optional(),
  }),
  response: {
    200: pageOf(awardImportRow, 'AwardImportRowPage'),
    ...problems('award-import-not-found'),
  },
}

export const exportAwardImport = {
  ...route,
  summary: 'Download an import as CSV, with what became of each row',
  params: idParams,
  response: { 200: tableFile, ...problems() },
}

export const updateAwardImport = {
  ...route,
  summary: 'Say what the columns are, or which badge, and have the rows checked again',
  params: idParams,
  body: z
    .strictObject({
      columns: z.array(importField.nullable()).max(200).optional().meta({
        description: 'One for each column of the file, in its order; null leaves it aside',
      }),
      templateId: idInput.nullable().optional(),
    })
    .meta({ id: 'AwardImportUpdate' }),
  response: {
    200: awardImport,
    ...problems('award-import-not-found', 'award-import-refused', 'template-not-found', 'conflict'),
  },
}

export const runAwardImport = {
  ...route,
  summary: 'Award what the preview found to be in order',
  description: 'In the background; each row at most once, however often it is asked for.',
  params: idParams,
  response: { 202: awardImport, ...problems('award-import-not-found', 'conflict') },
}

export const cancelAwardImport = {
  ...route,
  summary: 'Stop an import; what was awarded stays',
  params: idParams,
  response: { 200: awardImport, ...problems('award-import-not-found') },
}

export const deleteAwardImport = {
  ...route,
  summary: 'Delete an import with the file; awards stay',
  params: idParams,
  response: { 204: z.null(), ...problems('award-import-not-found', 'conflict') },
}
