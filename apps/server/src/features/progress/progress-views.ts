import type { Progress } from '@rosette/contract'
import {
  EVERY,
  type Fulfillment,
  formatEventTime,
  instancesOf,
  progressOf,
  type Requirement,
} from '@rosette/engine'
import { sql } from 'kysely'
import { plainArray } from '../../db/arrays.js'
import type { Db } from '../../db/database.js'
import { type Reach, within } from '../../db/reach.js'
import { AppError } from '../../http/app-error.js'
import { readCursor, toPage } from '../../http/paging.js'
import { type AwardRow, latestAwards } from '../awards/awards.js'
import {
  findTemplate,
  findTemplates,
  requirementIds,
  type StoredTemplate,
} from '../templates/templates.js'
import { type LearnerMark, type MarkRow, toMark } from './mark-repository.js'

type Page = { readonly limit: number; readonly cursor?: string | undefined }
type Person = { readonly id: number } & Pick<
  LearnerNames,
  'public_id' | 'username' | 'name' | 'email'
>
type LearnerNames = { public_id: string; username: string; name: string; email: string }

/** Progress for screens, read from the marks as the engine reads them. */
export function createProgressViews({ db }: { readonly db: Db }) {
  /** Towards every badge within reach that the learner has begun. */
  async function ofLearner(learnerId: number, reach: Reach): Promise<Progress[]> {
    const [person] = await peopleOf(db, [learnerId])
    const marks = await marksOf(db, { learners: [learnerId] })
    if (person === undefined || marks.length === 0) return []
    const templates = await findTemplates(db, { ids: await templatesBehind(db, marks, reach) })
    return await toViews(db, templates, [{ person, marks }])
  }

  /** Everybody with any mark, in the order in which they became known. */
  async function ofTemplate(
    templateId: string,
    asked: Page & { readonly standing?: 'on-the-way' | undefined },
  ) {
    const { limit, cursor, standing } = asked
    const after = readCursor(cursor, ['number'])
    const template = await findTemplate(db, templateId)
    if (template === undefined) {
      throw new AppError('template-not-found', `There is no badge template ${templateId}.`)
    }
    const ids = (await requirementIds(db, [templateId])).map(({ id }) => id)
    const without = standing === undefined ? null : templateId
    const from = { after: after?.[0] ?? '0', most: limit + 1, without }
    const begun = await learnersWithMarks(db, ids, from)
    const { rows, next } = toPage(begun, limit, (id) => [id])
    const [people, marks] = await Promise.all([
      peopleOf(db, rows),
      marksOf(db, { learners: rows, requirements: ids }),
    ])
    const each = people.map((person) => ({
      person,
      marks: marks.filter((m) => m.learnerId === person.id),
    }))
    return { items: await toViews(db, [template], each), next }
  }

  return { ofLearner, ofTemplate }
}

export type ProgressViews = ReturnType<typeof createProgressViews>

type Begun = { readonly person: Person; readonly marks: readonly LearnerMark[] }

async function toViews(
  db: Db,
  templates: readonly StoredTemplate[],
  people: readonly Begun[],
): Promise<Progress[]> {
  const stored = await requirementIds(
    db,
    templates.map((t) => t.row.id),
  )
  const refOf = new Map(stored.map(({ id, ref, templateId }) => [String(id), { ref, templateId }]))
  const awards = await latestAwards(
    db,
    people.flatMap(({ person }) =>
      templates.map((t) => ({ learnerId: person.id, templateId: t.row.id })),
    ),
  )
  const awardOf = new Map(awards.map((a) => [`${a.learner_id} ${a.template_id} ${a.instance}`, a]))
  return people.flatMap(({ person, marks }) =>
    templates.flatMap((template) => {
      const own = marks.flatMap((mark) => {
        const known = refOf.get(mark.requirementId)
        return known?.templateId === template.row.id ? [{ ...mark, requirementId: known.ref }] : []
      })
      return instancesOf(template.rules, own).map((instance) =>
        toView(
          { person, template, marks: own, instance },
          awardOf.get(`${person.id} ${template.row.id} ${instance}`),
        ),
      )
    }),
  )
}

type Way = {
  readonly person: Person
  readonly template: StoredTemplate
  readonly marks: readonly LearnerMark[]
  readonly instance: string
}

function toView({ person, template, marks, instance }: Way, award: AwardRow | undefined): Progress {
  const { row, rules } = template
  const { groups, ratio, complete, fulfillments } = progressOf(rules, marks, instance)
  const byId = new Map(fulfillments.map((f) => [f.requirementId, f]))
  return {
    template: { id: row.id, name: row.name, state: row.state },
    learner: {
      id: person.public_id,
      username: person.username,
      name: person.name,
      email: person.email,
    },
    instance: instance === EVERY ? null : instance.slice(1),
    ratio,
    complete,
    groups: Object.entries(groups).map(([group, fulfilled]) => ({
      group,
      fulfilled,
      requirements: rules.requirements
        .filter((r) => r.group === group)
        .map((r) => toRequirement(r, byId.get(r.id))),
    })),
    award:
      award === undefined
        ? null
        : {
            id: award.id,
            status: award.status,
            source: award.source,
            awardedAt: award.awarded_at,
            revokedAt: award.revoked_at,
          },
  }
}

function toRequirement(
  { id, eventType, description }: Requirement,
  fulfillment: Fulfillment | undefined,
) {
  const since = fulfillment === undefined ? null : formatEventTime(fulfillment.since.time)
  return { id, eventType, description: description ?? null, fulfilled: since !== null, since }
}

async function peopleOf(db: Db, ids: readonly number[]): Promise<Person[]> {
  if (ids.length === 0) return []
  return await db
    .selectFrom('learner')
    .select(['id', 'public_id', 'username', 'name', 'email'])
    .where('id', 'in', [...ids])
    .orderBy('id')
    .execute()
}

async function marksOf(
  db: Db,
  of: { readonly learners: readonly number[]; readonly requirements?: readonly number[] },
): Promise<LearnerMark[]> {
  const narrowed =
    of.requirements === undefined
      ? sql``
      : sql`and requirement_id = any(${plainArray(of.requirements)}::bigint[])`
  const { rows } = await sql<MarkRow>`
    select * from mark where learner_id = any(${plainArray(of.learners)}::bigint[]) ${narrowed}
    order by learner_id, requirement_id, instance, key`.execute(db)
  return rows.map(toMark)
}

// In the order of the primary key, so that a page ends where enough are found.
async function learnersWithMarks(
  db: Db,
  requirements: readonly number[],
  {
    after,
    most,
    without,
  }: { readonly after: string; readonly most: number; readonly without: string | null },
): Promise<number[]> {
  const undecided =
    without === null
      ? sql`true`
      : sql`not exists (select from award a
          where a.learner_id = mark.learner_id and a.template_id = ${without})`
  const { rows } = await sql<{ learner_id: number }>`
    select distinct learner_id from mark
    where learner_id > ${after}::bigint
      and requirement_id = any(${plainArray(requirements)}::bigint[])
      and ${undecided}
    order by learner_id limit ${most}`.execute(db)
  return rows.map((row) => row.learner_id)
}

async function templatesBehind(
  db: Db,
  marks: readonly LearnerMark[],
  reach: Reach,
): Promise<string[]> {
  const ids = [...new Set(marks.map((m) => m.requirementId))]
  const { rows } = await sql<{ template_id: string }>`
    select distinct r.template_id from requirement r join badge_template t on t.id = r.template_id
    where r.id = any(${plainArray(ids)}::bigint[]) and ${within(reach, 't.organization_id')}`.execute(
    db,
  )
  return rows.map((row) => row.template_id)
}
