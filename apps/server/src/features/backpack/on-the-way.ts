import type { Progress } from '@rosette/contract'
import type { Db } from '../../db/database.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { createProgressViews } from '../progress/progress.js'
import { createNextSteps } from './next-step.js'
import { ownLearnerIds, templateFacts } from './on-the-way-views.js'

type Deps = { readonly db: Db; readonly urls: PublicUrls }

/** The badges that a person has begun and does not hold, the nearest first. */
export function createOnTheWay({ db, urls }: Deps) {
  const views = createProgressViews({ db })

  /** Of all learners who are this person; who is two of them is as far as the one who is further. */
  async function begun(userId: string): Promise<readonly Progress[]> {
    const all: Progress[] = []
    for (const id of await ownLearnerIds(db, userId))
      all.push(...(await views.ofLearner(id, 'everywhere')))
    const held = new Set(all.filter(({ award }) => award?.status === 'awarded').map(keyOf))
    const open = all.filter(
      (one) => one.template.state === 'active' && one.award === null && !held.has(keyOf(one)),
    )
    const nearest = open.sort((a, b) => b.ratio - a.ratio || byName(a, b))
    return nearest.filter((one, at) => nearest.findIndex((it) => keyOf(it) === keyOf(one)) === at)
  }

  async function list(userId: string) {
    const ways = await begun(userId)
    const ids = [...new Set(ways.map(({ template }) => template.id))]
    const [facts, nextStep] = await Promise.all([templateFacts(db, ids), createNextSteps(db, ids)])
    return ways.map(({ learner: _learner, award: _award, template, ...way }) => ({
      ...way,
      template: {
        id: template.id,
        name: template.name,
        description: facts.get(template.id)?.description ?? '',
        pictureUrl: `${urls.local(urls.badge(template.id))}/image?for=page`,
        publicUrl: urls.badge(template.id),
      },
      fulfilledGroups: way.groups.filter(({ fulfilled }) => fulfilled).length,
      allGroups: way.groups.length,
      nextStep: nextStep(template.id, way.groups),
    }))
  }

  return { list, begun, count: async (userId: string) => (await begun(userId)).length }
}

function keyOf({ template, instance }: Progress): string {
  return `${template.id} ${instance ?? ''}`
}

function byName(a: Progress, b: Progress): number {
  return a.template.name.localeCompare(b.template.name, 'en')
}
