import { type AwardChange, type AwardState, decideAward } from './awards.js'
import { awardedEvent, BADGE_TEMPLATE_PATH, revokedEvent } from './badge-events.js'
import type { BadgeTemplate } from './badge-template.js'
import { findCycles } from './cycles.js'
import type { FieldTypes, LearningEvent } from './learning-event.js'
import { EVERY, emptyMark, type MarkChange, mergeMarks, type StoredMark } from './marks.js'
import { type Progress, progressOf } from './progress.js'
import { type Refusal, TemplateInvalid } from './refusals.js'
import { instancesOf } from './requirement-marks.js'
import { createRuleIndex, type RuleIndex } from './rule-index.js'

/** One grant or revocation; `event` is the input event whose processing caused it, also in a cascade. */
export type TrialChange = {
  readonly template: string
  readonly instance: string | null
  readonly change: 'awarded' | 'revoked'
  readonly event: string
}

/** How one learner ends with one template; `instance` is the plain value, null without `repeat`. */
export type TemplateResult = {
  readonly template: string
  readonly instance: string | null
  readonly ratio: number
  readonly groups: Readonly<Record<string, boolean>>
  readonly complete: boolean
  readonly award: AwardState['status']
  readonly history: readonly Pick<TrialChange, 'change' | 'event'>[]
}

/** One learner's templates, by template id and instance; those without any mark are left out. */
export type LearnerResult = {
  readonly learner: string
  readonly templates: readonly TemplateResult[]
}

/** A run of the engine in memory, for previews. */
export type Trial = {
  /** Takes the next event of a learner; `user` is the learner as badge events describe one. */
  apply(input: {
    readonly learner: string
    readonly event: LearningEvent
    readonly user?: unknown
  }): readonly TrialChange[]
  /** How it stands now, by learner. */
  result(): readonly LearnerResult[]
}

type Held = { award: AwardState; readonly history: TrialChange[] }
type Tracked = { readonly marks: Map<string, StoredMark>; readonly awards: Map<string, Held> }
type Learner = { readonly name: string; user: unknown; readonly templates: Map<string, Tracked> }
type Cause = { readonly learner: Learner; readonly index: RuleIndex; readonly inputId: string }
type Step = { readonly change: TrialChange; readonly event: LearningEvent }

/**
 * Runs events against templates, deciding after each one; awards count at once for the badges built on them.
 * Throws `TemplateInvalid` when badges wait for each other in a circle, since such a run might not end.
 */
export function createTrial(templates: readonly BadgeTemplate[], fieldTypes: FieldTypes): Trial {
  assertNoCycles(templates)
  const index = createRuleIndex(templates, fieldTypes)
  const learners = new Map<string, Learner>()
  return {
    apply({ learner: name, event, user }) {
      const learner = learners.get(name) ?? { name, user: userNamed(name), templates: new Map() }
      learners.set(name, learner)
      if (user !== undefined) learner.user = user
      return settle(event, { learner, index, inputId: event.id })
    },
    result: () =>
      [...learners.values()]
        .map((learner) => resultOf(learner, index))
        .sort((a, b) => compareText(a.learner, b.learner)),
  }
}

/** Each award or revocation is an event of its own, handled before the next input event. */
function settle(event: LearningEvent, cause: Cause): TrialChange[] {
  const changes: TrialChange[] = []
  const open = [event]
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const touched = mergeAll(cause.index.match(next), cause.learner)
    for (const templateId of touched) {
      const template = cause.index.templates.get(templateId)
      const steps = template === undefined ? [] : decide(template, cause)
      changes.push(...steps.map(({ change }) => change))
      open.push(...steps.map((step) => step.event))
    }
  }
  return changes
}

/** Returns the ids of the templates whose marks the changes touch, in order. */
function mergeAll(changes: readonly MarkChange[], { templates }: Learner): string[] {
  for (const { templateId, ...change } of changes) {
    const tracked = templates.get(templateId) ?? { marks: new Map(), awards: new Map() }
    templates.set(templateId, tracked)
    const address = JSON.stringify([change.requirementId, change.instance, change.key])
    const mark = mergeMarks(tracked.marks.get(address)?.mark ?? emptyMark, change.mark)
    tracked.marks.set(address, { ...change, mark })
  }
  return [...new Set(changes.map(({ templateId }) => templateId))].sort()
}

function decide(template: BadgeTemplate, cause: Cause): Step[] {
  const tracked = cause.learner.templates.get(template.id)
  if (tracked === undefined) return []
  return progresses(template, tracked).flatMap((progress) => {
    const held = tracked.awards.get(progress.instance) ?? { award: { status: 'none' }, history: [] }
    const decision = decideAward({ template, progress, award: held.award })
    if (decision === null) return []
    const status = decision.change === 'grant' ? 'awarded' : 'revoked'
    const change: TrialChange = {
      template: template.id,
      instance: plain(progress.instance),
      change: status,
      event: cause.inputId,
    }
    const history = [...held.history, change]
    const award: AwardState = { status, source: 'rules', at: decision.at }
    tracked.awards.set(progress.instance, { award, history })
    return [
      { change, event: eventOf(decision, { template, progress, cause, turn: history.length }) },
    ]
  })
}

function eventOf(
  decision: AwardChange,
  about: { template: BadgeTemplate; progress: Progress; cause: Cause; turn: number },
): LearningEvent {
  const { template, progress, cause, turn } = about
  const uuid = [cause.learner.name, template.id, progress.instance].join('/')
  const parts = {
    id: `${uuid}/${turn}`,
    // Only a change of the rules leaves a revocation without a moment, and a trial's rules do not change.
    at: decision.at ?? { time: 0 },
    uuid,
    user: cause.learner.user,
    template,
  }
  return decision.change === 'grant' ? awardedEvent(parts) : revokedEvent(parts)
}

function resultOf({ name, templates }: Learner, index: RuleIndex): LearnerResult {
  const results = [...templates].flatMap(([id, tracked]) => {
    const template = index.templates.get(id)
    if (template === undefined) return []
    return progresses(template, tracked).map((progress): TemplateResult => {
      const { instance, ratio, groups, complete } = progress
      const { award = { status: 'none' }, history = [] } = tracked.awards.get(instance) ?? {}
      return {
        template: id,
        instance: plain(instance),
        ratio,
        groups,
        complete,
        award: award.status,
        history: history.map(({ change, event }) => ({ change, event })),
      }
    })
  })
  return { learner: name, templates: results.sort(byTemplateAndInstance) }
}

function progresses(template: BadgeTemplate, { marks }: Tracked): Progress[] {
  const all = [...marks.values()]
  return instancesOf(template, all).map((instance) => progressOf(template, all, instance))
}

function byTemplateAndInstance(a: TemplateResult, b: TemplateResult): number {
  return compareText(a.template, b.template) || compareText(a.instance ?? '', b.instance ?? '')
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The instance as people see it: stored values begin with `=`. */
function plain(instance: string): string | null {
  return instance === EVERY ? null : instance.slice(1)
}

/** The learner as a badge event describes one, when nothing but the name is known. */
function userNamed(name: string): unknown {
  return { id: name, is_active: true, pii: { username: name, email: '', name: '' } }
}

function assertNoCycles(templates: readonly BadgeTemplate[]): void {
  const refusals = findCycles(templates).map(
    (cycle): Refusal => ({
      code: 'badge-cycle',
      path: BADGE_TEMPLATE_PATH,
      reason: `These badges would wait for each other: ${cycle.join(' -> ')}; take one link out.`,
    }),
  )
  if (refusals.length > 0) throw new TemplateInvalid(refusals)
}
