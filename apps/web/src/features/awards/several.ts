import { answer, api } from '../../lib/api.js'
import type { AwardFilter } from './award-queries.js'

/** Which awards a step for several is about: those that were chosen, or all that the filters leave. */
export type Which = { readonly ids: readonly string[] } | { readonly filter: AwardFilter }

export type Step =
  | { readonly kind: 'revoke'; readonly reason: string }
  | { readonly kind: 'reissue' }

export type Outcome = {
  readonly id: string
  readonly outcome: string
  readonly detail: string | null
}
type Answered = {
  readonly concerned: number
  readonly learners: number
  readonly remaining: number
  readonly next: string | null
  readonly items: readonly Outcome[]
}

/** Awards of one request: few enough for progress to be seen. */
const atOnce = 25

/** How many awards and people it concerns. */
export async function countSeveral(which: Which, kind: Step['kind']): Promise<Answered> {
  return await ask(bodyOf(which), { step: stepOf(kind), dryRun: true })
}

function stepOf(kind: Step['kind']): Step {
  return kind === 'revoke' ? { kind, reason: '?' } : { kind }
}

/** Does it part by part, and tells after each how far it is; what was done stays done if it breaks off. */
export async function doSeveral(
  which: Which,
  step: Step,
  tell: (items: readonly Outcome[]) => void,
): Promise<void> {
  if ('ids' in which) {
    for (let start = 0; start < which.ids.length; start += atOnce) {
      const ids = which.ids.slice(start, start + atOnce)
      tell((await ask({ ids: [...ids] }, { step, dryRun: false })).items)
    }
    return
  }
  let cursor: string | null = null
  do {
    const body: Body = { ...bodyOf(which), ...(cursor !== null && { cursor }) }
    const part: Answered = await ask(body, { step, dryRun: false })
    tell(part.items)
    cursor = part.next
  } while (cursor !== null)
}

type Body = {
  ids?: string[]
  filter?: Present<AwardFilter>
  cursor?: string
}
type Present<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> }

function bodyOf(which: Which): Body {
  if ('ids' in which) return { ids: [...which.ids] }
  return { filter: parsePresent(which.filter) }
}

function parsePresent<T extends object>(given: T): Present<T> {
  const members = Object.entries(given).filter(([, value]) => value !== undefined)
  return Object.fromEntries(members) as Present<T>
}

async function ask(
  body: Body,
  { step, dryRun }: { readonly step: Step; readonly dryRun: boolean },
): Promise<Answered> {
  if (step.kind === 'reissue') {
    return await answer(api.POST('/api/v1/awards/reissues', { body: { ...body, dryRun } }))
  }
  const { reason } = step
  return await answer(api.POST('/api/v1/awards/revocations', { body: { ...body, reason, dryRun } }))
}
