import fc from 'fast-check'
import i18next from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import ar from '../../texts/ar/rules.json' with { type: 'json' }
import en from '../../texts/en/rules.json' with { type: 'json' }
import {
  addGroup,
  addGroups,
  addPenalties,
  addWays,
  changeWay,
  type Draft,
  emptyDraft,
  type NewRequirement,
} from './draft.js'
import { eventTypes } from './event-words.js'
import { newRequirement, penaltyRecipes, recipes } from './recipes.js'
import {
  algebra,
  anyDraft,
  demo,
  eq,
  requirementOf,
  sampleNames,
  sampleTypes,
  statistics,
} from './rules.features.js'
import { badgeSentence, waySentence } from './sentence.js'
import { createTerms, type Terms } from './terms.js'

const passes = (course: string) => requirementOf({ course })
const ccxOf = (...more: NewRequirement['dataRules'][number][]) =>
  newRequirement(eventTypes.ccxPassing, [
    eq('is_passing', 'true'),
    eq('course.master_course_key', demo),
    ...more,
  ])
const exceptCcx3 = {
  keyPath: 'course.ccx_course_key',
  operator: 'ne',
  value: 'ccx-v1:Open+Demo+1+ccx@3',
} as const
const earns = newRequirement(eventTypes.badge, [
  eq('template.uuid', '5f0c2d3e-7a41-4c58-9d0b-0d6a3c1f2b11'),
])
const recipe = (id: string) => recipes.find((each) => each.id === id)?.requirement ?? passes('?')
const all = (...requirements: NewRequirement[]) => addGroups(emptyDraft, requirements)
const any = (...requirements: NewRequirement[]) => addGroup(emptyDraft, requirements)

beforeAll(async () => {
  await i18next.init({
    lng: 'en',
    resources: { en: { rules: en }, ar: { rules: ar } },
    interpolation: { escapeValue: false },
  })
})

async function termsIn(language: 'en' | 'ar'): Promise<Terms> {
  await i18next.changeLanguage(language)
  const say = i18next.getFixedT(language, 'rules')
  return createTerms(say, { types: sampleTypes, names: sampleNames })
}

const failsDemo = (draft: Draft) =>
  addPenalties(draft, [penaltyRecipes[0]?.make(draft) ?? { ...earns, resets: [] }])

describe('the sentence of a badge', () => {
  it.each<[string, Draft]>([
    ['Nothing earns this badge yet.', emptyDraft],
    ['Awarded when a learner passes Demo Course.', all(passes(demo))],
    ['Awarded when a learner passes any course.', all(recipe('anyCourse'))],
    ['Awarded when a learner passes a course.', all(recipe('course'))],
    ['Awarded when a learner passes Demo Course or Algebra.', any(passes(demo), passes(algebra))],
    [
      'Awarded when a learner passes Demo Course, Algebra, and Statistics.',
      all(passes(demo), passes(algebra), passes(statistics)),
    ],
    [
      'Awarded when a learner passes Demo Course or any CCX of it, and passes Algebra.',
      addGroup(any(passes(demo), ccxOf()), [passes(algebra)]),
    ],
    [
      'Awarded when a learner passes Demo Course or any CCX of it except CCX 3.',
      any(passes(demo), ccxOf(exceptCcx3)),
    ],
    [
      'Awarded when a learner passes Demo Course and earns the badge Data Analyst.',
      all(passes(demo), earns),
    ],
    [
      'Awarded when a learner either passes Demo Course or earns the badge Data Analyst, and passes Algebra.',
      addGroup(any(passes(demo), earns), [passes(algebra)]),
    ],
    ['Awarded when a learner passes at least 3 different courses.', all(recipe('severalCourses'))],
    [
      'Awarded when a learner earns a certificate in a course, where “Grade” is at least 0.8.',
      all(recipe('grade')),
    ],
    [
      'Awarded when a learner passes Demo Course. Taken back when the learner fails Demo Course.',
      failsDemo(all(passes(demo))),
    ],
    [
      'Awarded when a learner passes Demo Course or any CCX of it. When the learner fails Demo Course, this no longer counts: passes Demo Course.',
      failsDemo(any(passes(demo), ccxOf())),
    ],
    [
      'Awarded once for each “Course” when a learner passes any course.',
      { ...all(recipe('anyCourse')), repeat: { by: 'course.course_key' } },
    ],
    [
      'Awarded when a learner passes Demo Course. Taken back when the learner fails Demo Course. Once taken back, it is not awarded again.',
      { ...failsDemo(all(passes(demo))), reaward: 'never' },
    ],
    [
      'Awarded when a learner has the event “org.example.unknown.v1”, where “some.path” is 5.',
      all(newRequirement('org.example.unknown.v1', [eq('some.path', '5')])),
    ],
  ])('%s', async (sentence, draft) => {
    expect(badgeSentence(draft, await termsIn('en'))).toBe(sentence)
  })

  it.each<[string, Draft]>([
    ['تُمنح للمتعلّم الذي يجتاز Demo Course.', all(passes(demo))],
    ['تُمنح للمتعلّم الذي يجتاز Demo Course أو أي CCX منه.', any(passes(demo), ccxOf())],
    ['تُمنح للمتعلّم الذي يجتاز 3 مقرّرات مختلفة على الأقل.', all(recipe('severalCourses'))],
    ['تُمنح للمتعلّم الذي يجتاز Demo Course وAlgebra.', all(passes(demo), passes(algebra))],
  ])('%s', async (sentence, draft) => {
    const said = badgeSentence(draft, await termsIn('ar'))
    expect(said.replace(/[\u2068\u2069]/g, '').replace('٣', '3')).toBe(sentence)
  })

  it.each(['en', 'ar'] as const)('has no gaps in %s', async (language) => {
    const terms = await termsIn(language)
    fc.assert(
      fc.property(anyDraft, (draft) => {
        const said = badgeSentence(draft, terms)
        const given = JSON.stringify(draft)
        const slip = /undefined|\[object|NaN/
        if (!slip.test(given)) expect(said).not.toMatch(slip)
        // What somebody typed stands as it is; anything else in braces or with a dot is a text that is missing.
        if (!given.includes('{{')) expect(said).not.toContain('{{')
        if (!given.includes('$t(')) expect(said).not.toContain('$t(')
        expect(said).not.toMatch(/\bsay\.[a-z]+\b(?!\))/)
      }),
      { numRuns: 300 },
    )
  })
})

describe('the sentence of a way', () => {
  const way = (change: Partial<NewRequirement>, base = passes(demo)) =>
    changeWay(all(base), 'r1', change)
  const window = { from: '2026-01-01T00:00:00Z', until: null }

  it.each<[RegExp, Draft]>([
    [/^The learner passes Demo Course\.$/, way({})],
    [/^The learner passes Demo Course from .*2026.* on\.$/, way({ window })],
    [
      /^The learner passes Demo Course before /,
      way({ window: { from: null, until: window.from } }),
    ],
    [
      /^The learner passes Demo Course between .* and .*\.$/,
      way({ window: { ...window, until: '2026-06-30T22:00:00Z' } }),
    ],
    [
      /^The learner enrols in any course, where “Track” is verified or honor, at least 2 times\.$/,
      way(
        { count: { atLeast: 2, distinctBy: null } },
        newRequirement(eventTypes.enrols, [
          { keyPath: 'mode', operator: 'in', value: ['verified', 'honor'] },
        ]),
      ),
    ],
    [
      /^The learner enrols in any course, with at least 2 different values of “Track”\.$/,
      way({ count: { atLeast: 2, distinctBy: 'mode' } }, newRequirement(eventTypes.enrols)),
    ],
    [
      /^The learner enrols in any course, where “Created on” is after .*2026.*\.$/,
      way(
        {},
        newRequirement(eventTypes.enrols, [
          { keyPath: 'creation_date', operator: 'gt', value: '2026-01-01T00:00:00Z' },
        ]),
      ),
    ],
    [
      /^The learner passes at least 2 of these courses: Demo Course, Algebra, and Statistics\.$/,
      way(
        { count: { atLeast: 2, distinctBy: 'course.course_key' } },
        newRequirement(eventTypes.coursePassing, [
          eq('is_passing', 'yes'),
          { keyPath: 'course.course_key', operator: 'in', value: [demo, algebra, statistics] },
        ]),
      ),
    ],
  ])('%s', async (pattern, draft) => {
    const first = draft.groups[0]?.ways[0]
    expect(first && waySentence(first, draft, await termsIn('en'))).toMatch(pattern)
  })

  it('names what has to come before', async () => {
    const draft = changeWay(all(passes(demo), passes(algebra)), 'r2', { after: ['r1'] })
    const second = draft.groups[1]?.ways[0]
    expect(second && waySentence(second, draft, await termsIn('en'))).toBe(
      'The learner passes Algebra (after this: passes Demo Course).',
    )
    expect(badgeSentence(draft, await termsIn('en'))).toBe(
      'Awarded when a learner passes Demo Course, and passes Algebra (after this: passes Demo Course).',
    )
  })

  it('ends even where two wait for each other', async () => {
    const draft = changeWay(
      changeWay(all(passes(demo), passes(algebra)), 'r2', { after: ['r1'] }),
      'r1',
      { after: ['r2'] },
    )
    expect(badgeSentence(draft, await termsIn('en'))).toContain('after this')
  })

  it('names a course that nobody has named by the parts of its key', async () => {
    const unnamed = createTerms((await termsIn('en')).say, { types: sampleTypes, names: new Map() })
    expect(badgeSentence(any(passes(demo), ccxOf(exceptCcx3)), unnamed)).toBe(
      'Awarded when a learner passes Demo (1) or any CCX of it except CCX 3.',
    )
  })

  it('leaves what somebody typed as it is', async () => {
    const odd = newRequirement(eventTypes.enrols, [eq('mode', '{{label}} $t(say.nothing)')])
    expect(badgeSentence(all(odd), await termsIn('en'))).toBe(
      'Awarded when a learner enrols in any course, where “Track” is {{label}} $t(say.nothing).',
    )
  })

  it('keeps names of another script together in Arabic', async () => {
    const draft = addWays(all(passes(demo)), 'A', [earns])
    expect(badgeSentence(draft, await termsIn('ar'))).toContain('\u2068Demo Course\u2069')
  })
})
