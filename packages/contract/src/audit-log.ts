import { z } from 'zod'
import { instant, instantInput, pageOf, paging, problems, signedIn } from './common.js'

export const auditEntry = z
  .object({
    id: z.int(),
    at: instant,
    actor: z.string().meta({ description: 'The name of the token that was used' }),
    action: z.string().meta({ description: 'Such as award.revoke' }),
    subject: z.string().meta({ description: 'Such as award/0192f5a0-…' }),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEntry' })
export type AuditEntry = z.output<typeof auditEntry>

export const listAuditLog = {
  tags: ['audit log'],
  security: signedIn,
  summary: 'List what people have changed, the latest first',
  querystring: z.object({
    ...paging,
    subject: z.string().max(300).optional(),
    actor: z.string().max(300).optional(),
    from: instantInput.optional(),
    until: instantInput.optional(),
  }),
  response: { 200: pageOf(auditEntry, 'AuditPage'), ...problems() },
}
