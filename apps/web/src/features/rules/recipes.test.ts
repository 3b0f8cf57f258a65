import { describe, expect, it } from 'vitest'
import { addGroups, addPenalties, allWays, changePolicy, emptyDraft } from './draft.js'
import { faultAtField, faultsOf, isForActivation, placed } from './draft-faults.js'
import { addChosen, forEachCourse, penaltyRecipes, recipes, rulesOf } from './recipes.js'
import { algebra, demo, eq, requirementOf, sampleTypes } from './rules.features.js'
import { shapeOf, withExcept, withObject } from './shape.js'

const templateId = '5f0c2d3e-7a41-4c58-9d0b-0d6a3c1f2b12'
const judge = (draft: Parameters<typeof faultsOf>[0]) =>
  faultsOf(draft, { templateId, types: sampleTypes })
const offered = recipes.filter(({ eventType }) =>
  sampleTypes.some((type) => type.eventType === eventType),
)

describe('a recipe', () => {
  it.each(offered.map((recipe) => [recipe.id, recipe] as const))(
    '%s is accepted as soon as its open values are chosen',
    (_, { requirement }) => {
      const chosen = {
        ...requirement,
        dataRules: requirement.dataRules.map((rule) =>
          rule.value === '' ? { ...rule, value: demo } : rule,
        ),
      }
      expect(judge(addChosen(emptyDraft, { requirements: [chosen] }))).toEqual([])
    },
  )

  it('that still has a course to choose says so at its field', () => {
    const [course] = recipes
    const draft = addGroups(emptyDraft, course ? [course.requirement] : [])
    expect(faultAtField(judge(draft), 'r1', 'dataRules[1].value')?.code).toBe('value-unfit')
  })

  it('for all of these courses makes one group for each', () => {
    const recipe = recipes.find(({ asksForCourses }) => asksForCourses)
    const chosen = recipe ? forEachCourse(recipe, [demo, algebra]) : { requirements: [] }
    expect(rulesOf(chosen).requirements?.map(({ id, group }) => [id, group])).toEqual([
      ['r1', 'A'],
      ['r2', 'B'],
    ])
    expect(judge(addChosen(emptyDraft, chosen))).toEqual([])
  })
})

describe('what the badges of Open edX were given for has a recipe', () => {
  const rulesFor = (id: string) => recipes.find((recipe) => recipe.id === id)?.requirement

  it('completing a course, by the track in which one was enrolled', () => {
    expect(rulesFor('completion')).toMatchObject({
      eventType: 'org.openedx.learning.certificate.created.v1',
      dataRules: [eq('course.course_key', ''), eq('mode', 'verified')],
    })
  })

  it.each([
    ['enrolsSeveral', 'org.openedx.learning.course.enrollment.created.v1'],
    ['completesSeveral', 'org.openedx.learning.certificate.created.v1'],
  ])('%s counts different courses, however often the event comes', (id, eventType) => {
    expect(rulesFor(id)).toMatchObject({
      eventType,
      dataRules: [],
      count: { atLeast: 3, distinctBy: 'course.course_key' },
    })
  })

  it('completing all courses of a group makes one group of rules for each', () => {
    const recipe = recipes.find(({ id }) => id === 'completesAll')
    const { requirements = [] } = recipe ? rulesOf(forEachCourse(recipe, [demo, algebra])) : {}
    expect(requirements.map(({ group, dataRules }) => [group, dataRules])).toEqual([
      ['A', [eq('course.course_key', demo)]],
      ['B', [eq('course.course_key', algebra)]],
    ])
  })
})

describe('a penalty from a recipe', () => {
  const draft = addGroups(emptyDraft, [
    requirementOf({ course: demo }),
    requirementOf({ course: algebra }),
  ])
  const make = (id: string) => penaltyRecipes.find((recipe) => recipe.id === id)?.make(draft)

  it('begins with the first course of the rules, and takes away what asks for it', () => {
    expect(make('failsCourse')).toMatchObject({
      dataRules: [eq('is_passing', 'false'), eq('course.course_key', demo)],
      resets: ['r1'],
    })
  })

  it('takes everything away where no course is named', () => {
    expect(make('failsAny')?.resets).toEqual(['r1', 'r2'])
  })

  it('is accepted', () => {
    const penalty = make('failsCourse')
    expect(judge(addPenalties(draft, penalty ? [penalty] : []))).toEqual([])
  })
})

describe('faults', () => {
  it('that only keep a badge from becoming active are told apart', () => {
    const [fault] = judge(emptyDraft)
    expect(fault).toMatchObject({ part: null, code: 'no-requirements' })
    expect(fault && isForActivation(fault)).toBe(true)
  })

  it('of the server find their card by the place in the rules', () => {
    const draft = addGroups(emptyDraft, [
      requirementOf({ course: demo }),
      requirementOf({ course: 'Demo' }),
    ])
    const [fault] = placed(draft, [
      { path: 'requirements[1].dataRules[1].value', reason: 'no key', code: 'value-unfit' },
    ])
    expect(fault).toMatchObject({ part: 'r2', field: 'dataRules[1].value' })
  })

  it('name what is not switched on', () => {
    const identity = recipes.find(({ id }) => id === 'identity')
    const draft = addGroups(emptyDraft, identity ? [identity.requirement] : [])
    expect(judge(changePolicy(draft, { reaward: 'never' }))).toMatchObject([
      { part: 'r1', field: 'eventType', code: 'event-type-unknown' },
    ])
  })
})

describe('the object of a requirement', () => {
  const path = 'course.course_key'
  const part = requirementOf({ course: demo })

  it.each([
    ['any', 'any', []],
    [[demo, algebra], 'some', [demo, algebra]],
    [[], 'some', []],
  ] as const)('is set to %j', (values, which, names) => {
    const dataRules = withObject(part, path, values)
    expect(shapeOf({ ...part, dataRules })).toMatchObject({
      which,
      names,
      verb: 'passes',
      rest: [],
    })
  })

  it('keeps other rules about it when it changes', () => {
    const both = { ...part, dataRules: [...part.dataRules, eq(path, algebra)] }
    expect(allValues(withObject(both, path, ['x']))).toEqual(['true', 'x', algebra])
  })

  it('may leave some out', () => {
    const some = { ...part, dataRules: withExcept(part, path, [algebra, 'x']) }
    expect(shapeOf(some).except).toEqual([algebra, 'x'])
    expect(withExcept(some, path, [])).toEqual(part.dataRules)
  })

  it('is known of every sample', () => {
    const draft = addGroups(emptyDraft, [part])
    expect(allWays(draft).map((way) => shapeOf(way).object?.kind)).toEqual(['course'])
  })
})

function allValues(rules: readonly { value: unknown }[]): unknown[] {
  return rules.map(({ value }) => value)
}
