import { sql } from 'kysely'
import type { Db } from '../../db/database.js'
import type {
  AlignmentJson,
  EvidenceJson,
  ResultDescriptionJson,
  ResultJson,
} from '../../db/schema.js'

/** Everything a badge says, as it stands when it is signed. */
export type AwardFacts = {
  readonly awardId: string
  readonly status: 'awarded' | 'revoked'
  readonly awardedAt: string
  readonly expiresAt: string | null
  readonly evidence: readonly EvidenceJson[]
  readonly narrative: string | null
  readonly results: readonly ResultJson[]
  readonly templateId: string
  readonly name: string
  readonly description: string
  readonly criteria: string
  readonly tags: readonly string[]
  readonly language: string | null
  readonly achievementType: string
  readonly fieldOfStudy: string | null
  readonly alignments: readonly AlignmentJson[]
  readonly resultDescriptions: readonly ResultDescriptionJson[]
  readonly issuerId: string
  readonly issuerName: string
  readonly issuerUrl: string
  readonly issuerEmail: string | null
  readonly issuerDescription: string | null
  readonly identifier: 'url' | 'did:web'
  readonly username: string
  readonly email: string
}

/** As its issuer is now: the template's, or the one that signed the badge before. */
export async function findAwardFacts(
  db: Db,
  awardId: string,
  signedBy: string | null = null,
): Promise<AwardFacts | undefined> {
  const { rows } = await sql<AwardFacts>`
    select a.id as "awardId", a.status, a.awarded_at as "awardedAt", a.expires_at as "expiresAt",
      a.evidence, a.narrative, a.results,
      t.id as "templateId", t.name, t.description, t.criteria, t.tags, t.language,
      t.achievement_type as "achievementType", t.field_of_study as "fieldOfStudy", t.alignments,
      t.results as "resultDescriptions",
      i.id as "issuerId", i.name as "issuerName", i.url as "issuerUrl", i.email as "issuerEmail",
      i.description as "issuerDescription", i.identifier,
      l.username, l.email
    from award a
    join badge_template t on t.id = a.template_id
    join issuer i on i.id = coalesce(${signedBy}::uuid, t.issuer_id)
    join learner l on l.id = a.learner_id
    where a.id = ${awardId}`.execute(db)
  return rows[0]
}
