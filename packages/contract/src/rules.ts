import { z } from 'zod'
import { achievement, achievementInput } from './achievements.js'
import { instant } from './common.js'

/** What a badge template says in words, as it may be given. */
export const words = {
  description: z.string().max(5000),
  criteria: z.string().max(20_000),
  tags: z.array(z.string().trim().min(1).max(60)).max(30),
  expiresAfterDays: z.int().min(1).max(36_500).nullable(),
} as const

/** Every operator that a data rule may use. */
export const ruleOperators = [
  'eq',
  'ne',
  'gt',
  'gte',
  'lt',
  'lte',
  'in',
  'not_in',
  'contains',
  'matches',
  'exists',
] as const

export const dataRule = z
  .object({
    keyPath: z.string().meta({ description: 'Relative to the payload, such as is_passing' }),
    operator: z.enum(ruleOperators),
    value: z
      .union([z.string(), z.array(z.string()).readonly()])
      .meta({ description: 'Text; a list of texts for in and not_in' }),
  })
  .meta({ id: 'DataRule' })
export type DataRule = z.output<typeof dataRule>

export const requirement = z
  .object({
    id: z.string().meta({ description: 'r1, r2 … when it is left out' }),
    group: z.string().meta({ description: 'A to Z; the next free letter when it is left out' }),
    eventType: z.string(),
    description: z.string().optional(),
    dataRules: z.array(dataRule).readonly(),
    count: z.object({ atLeast: z.int(), distinctBy: z.string().optional() }).optional(),
    window: z.object({ from: instant.optional(), until: instant.optional() }).optional(),
    after: z.array(z.string()).readonly().optional(),
  })
  .meta({ id: 'Requirement' })
export type Requirement = z.output<typeof requirement>

export const penalty = z
  .object({
    id: z.string().meta({ description: 'p1, p2 … when it is left out' }),
    eventType: z.string(),
    description: z.string().optional(),
    dataRules: z.array(dataRule).readonly(),
    requirements: z
      .array(z.string())
      .readonly()
      .meta({ description: 'The ids of the requirements that it resets' }),
  })
  .meta({ id: 'Penalty' })
export type Penalty = z.output<typeof penalty>

export const repeat = z
  .object({ by: z.string() })
  .meta({ id: 'Repeat', description: 'Earned once per value at this key path' })
export const reaward = z.enum(['allowed', 'never'])

/**
 * A part of the rules on its way in. The engine reads these and names every fault in them at once,
 * so the schema only describes them.
 */
function readByEngine(form: object) {
  return z.unknown().meta({ ...form })
}

const partial = {
  eventType: { type: 'string' },
  description: { type: 'string' },
  dataRules: { type: 'array', items: { $ref: '#/components/schemas/DataRule' } },
}
const text = { type: 'string' }
const texts = { type: 'array', items: text }

export const requirementInput = readByEngine({
  id: 'NewRequirement',
  type: 'object',
  required: ['eventType'],
  properties: {
    id: text,
    group: { ...text, pattern: '^[A-Z]$' },
    ...partial,
    count: {
      type: 'object',
      required: ['atLeast'],
      properties: { atLeast: { type: 'integer', minimum: 1 }, distinctBy: text },
    },
    window: {
      type: 'object',
      properties: {
        from: { ...text, format: 'date-time' },
        until: { ...text, format: 'date-time' },
      },
    },
    after: texts,
  },
})

export const penaltyInput = readByEngine({
  id: 'NewPenalty',
  type: 'object',
  required: ['eventType', 'dataRules', 'requirements'],
  properties: { id: text, ...partial, requirements: texts },
})

const ruleMembers = {
  reaward: { type: 'string', enum: ['allowed', 'never'] },
  repeat: {
    anyOf: [{ type: 'object', required: ['by'], properties: { by: text } }, { type: 'null' }],
  },
  requirements: { type: 'array', items: { $ref: '#/components/schemas/NewRequirementInput' } },
  penalties: { type: 'array', items: { $ref: '#/components/schemas/NewPenaltyInput' } },
}

export const requirementsInput = readByEngine(ruleMembers.requirements)
export const penaltiesInput = readByEngine(ruleMembers.penalties)

export const rulesInput = readByEngine({
  id: 'NewRules',
  type: 'object',
  properties: ruleMembers,
})

/** A template in the file format in which rules are written down and carried elsewhere. */
export const templateFile = z
  .object({
    id: z.string(),
    name: z.string(),
    reaward,
    repeat: repeat.nullable(),
    requirements: z.array(requirement).readonly(),
    penalties: z.array(penalty).readonly(),
    description: z.string().optional(),
    criteria: z.string().optional(),
    tags: z.array(z.string()).readonly().optional(),
    expiresAfterDays: z.int().optional(),
    language: achievement.language.optional(),
    achievementType: achievement.achievementType.optional(),
    fieldOfStudy: achievement.fieldOfStudy.optional(),
    alignments: achievement.alignments.optional(),
    results: achievement.results.optional(),
  })
  .meta({ id: 'TemplateFile' })
export type TemplateFile = z.output<typeof templateFile>

/** What a file says of a badge beside its rules; members that are left out keep their default. */
export const achievementFile = z
  .object({
    description: words.description.optional(),
    criteria: words.criteria.optional(),
    tags: words.tags.optional(),
    expiresAfterDays: words.expiresAfterDays.optional(),
    language: achievementInput.language.optional(),
    achievementType: achievementInput.achievementType.optional(),
    fieldOfStudy: achievementInput.fieldOfStudy.optional(),
    alignments: achievementInput.alignments.optional(),
    results: achievementInput.results.optional(),
  })
  .meta({ id: 'AchievementFile' })

const list = (name: string) => ({ type: 'array', items: { $ref: `#/components/schemas/${name}` } })
const fileInput = {
  type: 'object',
  required: ['id'],
  properties: {
    id: text,
    name: text,
    ...ruleMembers,
    description: text,
    criteria: text,
    tags: texts,
    expiresAfterDays: { type: 'integer', minimum: 1 },
    language: text,
    achievementType: text,
    fieldOfStudy: text,
    alignments: list('NewAlignmentInput'),
    results: list('NewResultDescriptionInput'),
  },
}

export const templateFilesInput = readByEngine({
  id: 'NewTemplateFiles',
  anyOf: [fileInput, { type: 'array', items: fileInput }],
})
