import { EVERY, instancesOf, type Mark, progressOf, type StoredMark } from '@rosette/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { passingType } from '../../testing/sample-events.js'
import { anActiveTemplate } from '../../testing/sample-templates.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'
import { type LearnerMark, mergeIntoStored } from '../progress/mark-repository.js'
import { findTemplates } from '../templates/templates.js'
import { countFunnels, toStops } from './funnels.js'
import { readCountedTemplates } from './requirement-rows.js'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.drop())

// The same world in each run: what differs between runs cannot be looked into.
let seed = 7
function below(limit: number): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
  return Math.floor((seed / 2 ** 31) * limit)
}

const at = (n: number) => ({
  time: Date.parse('2026-01-01T00:00:00Z') * 1000 + n * 60_000_000,
  eventId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
})

function aMark(): Mark {
  const [a, b] = [below(9), below(9)].sort()
  const reset = below(3) === 0 ? at(below(9)) : null
  if (below(8) === 0) return { firstAt: null, lastAt: null, resetAt: at(below(9)) }
  return { firstAt: at(a ?? 0), lastAt: at(b ?? 0), resetAt: reset }
}

const requirement = (id: string, group: string, more: object = {}) => ({
  id,
  group,
  eventType: passingType,
  ...more,
})
const rules = [
  {
    name: 'plain',
    requirements: [requirement('a', 'A'), requirement('b', 'A'), requirement('c', 'B')],
  },
  {
    name: 'ordered',
    requirements: [
      requirement('a', 'A'),
      requirement('b', 'B', { after: ['a'] }),
      requirement('c', 'C', { after: ['b', 'a'] }),
      requirement('d', 'C'),
    ],
  },
  {
    name: 'counted',
    requirements: [
      requirement('a', 'A', { count: { atLeast: 2, distinctBy: 'course.course_key' } }),
      requirement('b', 'B', { after: ['a'] }),
    ],
  },
  {
    name: 'repeating',
    repeat: { by: 'course.course_key' },
    requirements: [
      requirement('a', 'A'),
      requirement('b', 'B', { count: { atLeast: 2, distinctBy: 'course.course_key' } }),
    ],
  },
]
const learners = Array.from({ length: 150 }, (_, n) => n + 1)

describe('learners on the way', () => {
  it('are counted by the database as the engine judges them, whatever the marks say', async () => {
    for (const each of rules) await anActiveTemplate(app.db, each)
    const templates = await readCountedTemplates(app.db, { reach: 'everywhere' })
    const marks = templates.flatMap(({ requirements, repeats }) =>
      requirements.flatMap(({ id, needed }) =>
        learners.flatMap((learnerId) => marksFor({ learnerId, id, needed, repeats })),
      ),
    )
    await app.db.transaction().execute((tx) => mergeIntoStored(tx, marks))

    const counted = (await countFunnels(app.db, templates)).map(toStops)
    const ids = templates.map(({ id }) => id)
    const stored = await findTemplates(app.db, { ids })
    for (const [n, template] of templates.entries()) {
      const parsed = stored.find(({ row }) => row.id === template.id)?.rules
      const refOf = new Map(template.requirements.map(({ id, ref }) => [String(id), ref]))
      const best = learners.flatMap((learner) => {
        const own: StoredMark[] = marks.flatMap((mark) => {
          const ref = refOf.get(mark.requirementId)
          return mark.learnerId === learner && ref !== undefined
            ? [{ ...mark, requirementId: ref }]
            : []
        })
        const ways = instancesOf(parsed!, own).map((each) => progressOf(parsed!, own, each))
        const begun = ways.filter(
          ({ fulfillments }, k) =>
            fulfillments.length > 0 || holdsAny(parsed!, own, instancesOf(parsed!, own)[k] ?? ''),
        )
        return begun.toSorted((a, b) => b.ratio - a.ratio).slice(0, 1)
      })
      const expected = {
        started: best.length,
        halfWay: best.filter(({ ratio }) => ratio >= 0.5).length,
        complete: best.filter(({ complete }) => complete).length,
      }
      expect({ name: template.name, ...counted[n] }).toMatchObject({
        name: template.name,
        ...expected,
      })
      // The world must be worth asking about.
      expect(expected.complete).toBeGreaterThan(5)
      expect(expected.started).toBeGreaterThan(expected.complete)
      if (template.repeats) continue
      for (const { group, fulfilled, missing, onlyMissing } of counted[n]?.groups ?? []) {
        expect(fulfilled).toBe(best.filter(({ groups }) => groups[group]).length)
        expect(missing).toBe(best.length - fulfilled)
        const lacking = best.filter(
          ({ groups }) =>
            groups[group] === false &&
            Object.entries(groups).every(([other, has]) => has || other === group),
        )
        expect(onlyMissing).toBe(lacking.length)
      }
    }
  })
})

/** Whether anything counts, even where it is not enough yet or comes in the wrong order. */
function holdsAny(
  template: Parameters<typeof progressOf>[0],
  marks: readonly StoredMark[],
  instance: string,
): boolean {
  const loose = {
    ...template,
    requirements: template.requirements.map(({ count, after: _, ...rest }) =>
      count === undefined ? rest : { ...rest, count: { ...count, atLeast: 1 } },
    ),
  }
  return progressOf(loose, marks, instance).fulfillments.length > 0
}

type For = { learnerId: number; id: number; needed: number | null; repeats: boolean }

function marksFor({ learnerId, id, needed, repeats }: For): LearnerMark[] {
  const instances = repeats ? ['=x', '=y', EVERY] : [EVERY]
  const keys = needed === null ? [EVERY] : ['=1', '=2', '=3', EVERY]
  return instances.flatMap((instance) =>
    keys.flatMap((key) => {
      if (below(3) === 0) return []
      // What stands for all is only ever a penalty where single ones are told apart.
      const isWide = (repeats && instance === EVERY) || (needed !== null && key === EVERY)
      const mark = isWide ? { firstAt: null, lastAt: null, resetAt: at(below(9)) } : aMark()
      if (isWide && below(4) > 0) return []
      return [{ learnerId, requirementId: String(id), instance, key, mark }]
    }),
  )
}
