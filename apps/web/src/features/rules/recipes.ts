import {
  addGroup,
  addGroups,
  allWays,
  type DataRule,
  type Draft,
  emptyDraft,
  type NewPenalty,
  type NewRequirement,
} from './draft.js'
import { type RulesGiven, toRules } from './draft-rules.js'
import { eventTypes } from './event-words.js'
import { masterPath, passingPath, shapeOf } from './shape.js'

export type RecipeId =
  | 'course'
  | 'anyCourse'
  | 'severalCourses'
  | 'allCourses'
  | 'ccx'
  | 'certificate'
  | 'completion'
  | 'completesSeveral'
  | 'completesAll'
  | 'grade'
  | 'programme'
  | 'badge'
  | 'enrols'
  | 'enrolsSeveral'
  | 'exam'
  | 'thread'
  | 'response'
  | 'identity'
export type PenaltyRecipeId =
  | 'failsCourse'
  | 'failsAny'
  | 'failsCcx'
  | 'leaves'
  | 'certificateLost'
  | 'programmeLost'
  | 'badgeLost'

/** What was chosen: requirements that are all needed, or, as a rule, a single one. */
export type Chosen = { readonly requirements: readonly NewRequirement[] }

export type Recipe = {
  readonly id: RecipeId
  readonly eventType: string
  /** Whether courses are asked for before anything is added: there is one requirement for each. */
  readonly asksForCourses: boolean
  readonly requirement: NewRequirement
}

const coursePath = 'course.course_key'
const passed: DataRule = { keyPath: passingPath, operator: 'eq', value: 'true' }
const failed: DataRule = { keyPath: passingPath, operator: 'eq', value: 'false' }

/** An empty value is one that is still to be chosen. */
function open(keyPath: string): DataRule {
  return { keyPath, operator: 'eq', value: '' }
}

export function newRequirement(
  eventType: string,
  dataRules: readonly DataRule[] = [],
  count: NewRequirement['count'] = null,
): NewRequirement {
  return { eventType, dataRules, count, description: '', window: null, after: [] }
}

function recipe(id: RecipeId, requirement: NewRequirement): Recipe {
  const asksForCourses = id === 'allCourses' || id === 'completesAll'
  return { id, eventType: requirement.eventType, asksForCourses, requirement }
}

const threeCourses = { atLeast: 3, distinctBy: coursePath }
/** The track that legacy badges of completion began with; another one is chosen on the card. */
const verified: DataRule = { keyPath: 'mode', operator: 'eq', value: 'verified' }
const highGrade: DataRule = { keyPath: 'grade', operator: 'gte', value: '0.8' }

/** The common cases, in the order in which they are offered. */
export const recipes: readonly Recipe[] = [
  recipe('course', newRequirement(eventTypes.coursePassing, [passed, open(coursePath)])),
  recipe('anyCourse', newRequirement(eventTypes.coursePassing, [passed])),
  recipe('severalCourses', newRequirement(eventTypes.coursePassing, [passed], threeCourses)),
  recipe('allCourses', newRequirement(eventTypes.coursePassing, [passed, open(coursePath)])),
  recipe('ccx', newRequirement(eventTypes.ccxPassing, [passed, open(masterPath)])),
  recipe('badge', newRequirement(eventTypes.badge, [open('template.uuid')])),
  recipe('certificate', newRequirement(eventTypes.certificate, [open(coursePath)])),
  recipe('completion', newRequirement(eventTypes.certificate, [open(coursePath), verified])),
  recipe('completesSeveral', newRequirement(eventTypes.certificate, [], threeCourses)),
  recipe('completesAll', newRequirement(eventTypes.certificate, [open(coursePath)])),
  recipe('grade', newRequirement(eventTypes.certificate, [open(coursePath), highGrade])),
  recipe('programme', newRequirement(eventTypes.programme, [open('program.uuid')])),
  recipe('enrols', newRequirement(eventTypes.enrols, [open(coursePath)])),
  recipe('enrolsSeveral', newRequirement(eventTypes.enrols, [], threeCourses)),
  recipe('exam', newRequirement(eventTypes.examVerified, [open('course_key')])),
  recipe('thread', newRequirement(eventTypes.thread, [open('course_id')])),
  recipe('response', newRequirement(eventTypes.response, [open('course_id')])),
  recipe('identity', newRequirement(eventTypes.idvApproved)),
]

/** One requirement for each course, all of them needed. */
export function forEachCourse({ requirement }: Recipe, courses: readonly string[]): Chosen {
  return {
    requirements: courses.map((course) => ({
      ...requirement,
      dataRules: requirement.dataRules.map((rule) =>
        rule.keyPath === coursePath ? { ...rule, value: course } : rule,
      ),
    })),
  }
}

/** Adds what was chosen; a single one may stand in for the others of a group. */
export function rulesOf({ requirements }: Chosen): RulesGiven {
  return toRules(addGroups(emptyDraft, requirements))
}

export function addChosen(draft: Draft, { requirements }: Chosen): Draft {
  return requirements.length === 1 ? addGroup(draft, requirements) : addGroups(draft, requirements)
}

export type PenaltyRecipe = {
  readonly id: PenaltyRecipeId
  readonly eventType: string
  /** Begins with what the rules speak of already, so that there is little left to choose. */
  readonly make: (draft: Draft) => NewPenalty
}

export const penaltyRecipes: readonly PenaltyRecipe[] = [
  penaltyRecipe('failsCourse', eventTypes.coursePassing, {
    rules: [failed],
    keyPath: coursePath,
  }),
  penaltyRecipe('failsAny', eventTypes.coursePassing, { rules: [failed], keyPath: null }),
  penaltyRecipe('failsCcx', eventTypes.ccxPassing, { rules: [failed], keyPath: masterPath }),
  penaltyRecipe('leaves', eventTypes.leaves, { rules: [], keyPath: coursePath }),
  penaltyRecipe('certificateLost', eventTypes.certificateRevoked, {
    rules: [],
    keyPath: coursePath,
  }),
  penaltyRecipe('programmeLost', eventTypes.programmeRevoked, {
    rules: [],
    keyPath: 'program.uuid',
  }),
  penaltyRecipe('badgeLost', eventTypes.badgeLost, { rules: [], keyPath: 'template.uuid' }),
]

export function newPenalty(draft: Draft, eventType: string): NewPenalty {
  const resets = allWays(draft).map(({ id }) => id)
  return { eventType, description: '', dataRules: [], resets }
}

function penaltyRecipe(
  id: PenaltyRecipeId,
  eventType: string,
  { rules, keyPath }: { readonly rules: readonly DataRule[]; readonly keyPath: string | null },
): PenaltyRecipe {
  const make = (draft: Draft): NewPenalty => {
    const whole = newPenalty(draft, eventType)
    if (keyPath === null) return { ...whole, dataRules: rules }
    const about = firstNamed(draft, keyPath)
    const dataRules = [...rules, { ...open(keyPath), value: about?.value ?? '' }]
    return { ...whole, dataRules, resets: about?.ids ?? whole.resets }
  }
  return { id, eventType, make }
}

/** The first course (or badge, or programme) that a way names alone, and all ways that name it. */
function firstNamed(draft: Draft, keyPath: string) {
  const named = allWays(draft).flatMap((way) => {
    const { object, names, of } = shapeOf(way)
    const values = keyPath === masterPath ? of : object?.keyPath === keyPath ? names : undefined
    const [value, more] = values ?? []
    return value === undefined || more !== undefined ? [] : [{ id: way.id, value }]
  })
  const value = named[0]?.value
  if (value === undefined) return undefined
  return { value, ids: named.filter((each) => each.value === value).map(({ id }) => id) }
}
