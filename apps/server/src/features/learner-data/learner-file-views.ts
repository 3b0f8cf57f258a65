import { sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { type LearnerRow, toLearnerView } from '../learners/learners.js'

type Rows = readonly Record<string, unknown>[]

/** Everything that is stored about one learner, for them to have. */
export async function fileOfLearner(db: Db, learner: LearnerRow, at: string) {
  const { id, lms_user_id: lmsUserId, public_id: publicId, username, email } = learner
  const of = async (query: { execute(db: Db): Promise<{ rows: unknown[] }> }) =>
    parseRows((await query.execute(db)).rows)
  return {
    about: 'Everything that this installation stores about one learner.',
    exportedAt: at,
    learner: { ...toLearnerView(learner), renamedAt: learner.renamed_at },
    events: await of(sql`
      select id, event_type as type, occurred_at as time, source, received_at as "receivedAt", data
      from event_log where lms_user_id = ${lmsUserId}::bigint order by occurred_at, event_log.id`),
    marks: await of(sql`
      select t.name as badge, r.ref as requirement, m.instance, m.key, m.first_at as "firstAt",
        m.first_event as "firstEvent", m.last_at as "lastAt", m.last_event as "lastEvent",
        m.reset_at as "resetAt", m.reset_event as "resetEvent"
      from mark m left join requirement r on r.id = m.requirement_id
      left join badge_template t on t.id = r.template_id where m.learner_id = ${id}`),
    awards: await of(sql`
      select a.id, t.id as "templateId", t.name as badge, a.instance, a.status, a.source,
        a.awarded_at as "awardedAt", a.expires_at as "expiresAt", a.revoked_at as "revokedAt",
        a.revoked_by as "revokedBy", a.revocation_reason as "revocationReason", a.cause,
        a.revocation_cause as "revocationCause", a.evidence, a.results, a.narrative,
        a.shows_name as "showsName"
      from award a join badge_template t on t.id = a.template_id
      where a.learner_id = ${id} order by a.number`),
    credentials: await of(sql`
      select c.award_id as "awardId", c.created_at as "createdAt", c.reissued_at as "reissuedAt",
        c.salt, c.signed_text as "signedText", c.signed_jwt as "signedJwt",
        c.signed_assertion as "signedAssertion"
      from credential c join award a on a.id = c.award_id where a.learner_id = ${id}
      order by a.number`),
    earlierCredentials: await of(sql`
      select c.award_id as "awardId", c.replaced_at as "replacedAt", c.signed_text as "signedText",
        c.signed_jwt as "signedJwt", c.signed_assertion as "signedAssertion"
      from replaced_credential c join award a on a.id = c.award_id where a.learner_id = ${id}
      order by c.id`),
    issuances: await of(sql`
      select i.award_id as "awardId", i.target, p.name as account, i.state, i.sent_to as "sentTo",
        i.external_id as "externalId", i.external_url as "externalUrl",
        i.external_state as "externalState", i.issued_at as "issuedAt",
        i.revoked_at as "revokedAt", (
          select json_agg(json_build_object('at', h.at, 'state', h.state, 'note', h.note,
            'error', h.error) order by h.id)
          from issuance_history h where h.issuance_id = i.id) as history
      from issuance i join award a on a.id = i.award_id
      left join provider_account p on p.id = i.account_id
      where a.learner_id = ${id} order by a.number`),
    importedRows: await of(sql`
      select i.file_name as "fileName", i.created_at as "createdAt", i.header, r.cells, r.result
      from award_import_row r join award_import i on i.id = r.import_id
      where r.learner_id = ${id} or lower(${email}) = any(select lower(btrim(c)) from unnest(r.cells) c)
        or lower(${username}) = any(select lower(btrim(c)) from unnest(r.cells) c)`),
    auditLog: await of(sql`
      select at, actor, action, subject, detail, before, after from audit_log
      where subject = ${`learner/${publicId}`} or subject in (
        select 'award/' || a.id from award a where a.learner_id = ${id}) order by audit_log.id`),
  }
}

function parseRows(rows: unknown[]): Rows {
  return rows as Rows
}
