import { z } from 'zod'
import { id, idInput, instant, instantInput, pageOf, paging, problems, signedIn } from './common.js'

const row = z.record(z.string(), z.unknown())

export const auditEntry = z
  .object({
    id: z.int(),
    at: instant,
    actor: z.string().meta({ description: 'The address of the person, or the name of the token' }),
    action: z.string().meta({ description: 'Such as award.revoke' }),
    subject: z.string().meta({ description: 'Such as award/0192f5a0-…' }),
    organizationId: id.nullable().meta({ description: 'Null for what belongs to none' }),
    detail: row,
    before: row.nullable().meta({ description: 'What changed, as it was' }),
    after: row.nullable().meta({ description: 'What changed, as it is since then' }),
  })
  .meta({ id: 'AuditEntry' })
export type AuditEntry = z.output<typeof auditEntry>

const route = { tags: ['audit log'], security: signedIn }
const filters = {
  organizationId: idInput.optional(),
  actor: z.string().max(300).optional(),
  action: z.string().max(100).optional().meta({
    description: 'Such as award.revoke, or award for all that was done to awards',
  }),
  subject: z.string().max(300).optional(),
  from: instantInput.optional(),
  until: instantInput.optional(),
}

export const listAuditLog = {
  ...route,
  summary: 'List what people have changed, the latest first',
  querystring: z.object({ ...paging, ...filters }),
  response: { 200: pageOf(auditEntry, 'AuditPage'), ...problems() },
}

export const exportAuditLog = {
  ...route,
  summary: 'Download what people have changed as a table (CSV)',
  querystring: z.object(filters),
  response: {
    200: { description: 'A table', content: { 'text/csv': { schema: z.string() } } },
    ...problems(),
  },
}
