import { z } from 'zod'

/** What a badge can be, as Open Badges 3.0 name it; `ext:` begins a word of one's own. */
export const achievementTypes = [
  'Achievement',
  'ApprenticeshipCertificate',
  'Assessment',
  'Assignment',
  'AssociateDegree',
  'Award',
  'Badge',
  'BachelorDegree',
  'Certificate',
  'CertificateOfCompletion',
  'Certification',
  'CommunityService',
  'Competency',
  'Course',
  'CoCurricular',
  'Degree',
  'Diploma',
  'DoctoralDegree',
  'Fieldwork',
  'GeneralEducationDevelopment',
  'JourneymanCertificate',
  'LearningProgram',
  'License',
  'Membership',
  'ProfessionalDoctorate',
  'QualityAssuranceCredential',
  'MasterCertificate',
  'MasterDegree',
  'MicroCredential',
  'ResearchDoctorate',
  'SecondarySchoolDiploma',
] as const

const alignmentTypes = [
  'ceasn:Competency',
  'ceterms:Credential',
  'CFItem',
  'CFRubric',
  'CFRubricCriterion',
  'CFRubricCriterionLevel',
  'CTDL',
] as const

const resultTypes = [
  'GradePointAverage',
  'LetterGrade',
  'Percent',
  'PerformanceLevel',
  'PredictedScore',
  'RawScore',
  'Result',
  'ScaledScore',
  'Status',
] as const

export const resultStatuses = [
  'Completed',
  'Enrolled',
  'Failed',
  'InProgress',
  'OnHold',
  'Provisional',
  'Withdrew',
] as const

const ownWord = /^ext:[a-zA-Z0-9._-]+$/

function oneOf(words: readonly string[], example: string) {
  return z
    .string()
    .max(100)
    .refine(
      (text) => words.includes(text) || ownWord.test(text),
      `must be one of the words of Open Badges 3.0, such as ${example}, or one of your own that begins with ext:`,
    )
    .meta({ description: `${words.join(', ')}, or a word of your own that begins with ext:` })
}

const webAddress = z.url({ protocol: /^https?$/, error: 'must be a web address' }).max(2000)
const shortText = z.string().trim().min(1).max(300)

/** Open Badges write regions large and scripts with one large letter. */
const languagePattern = /^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/

const language = z
  .string()
  .regex(languagePattern, 'must be a language such as en, pt-BR or zh-Hant')
const achievementType = oneOf(achievementTypes, 'Badge or Course')
const fieldOfStudy = z.string().trim().min(1).max(200)

const alignmentMembers = {
  name: shortText,
  url: webAddress,
  code: shortText.optional(),
  description: z.string().trim().min(1).max(2000).optional(),
  framework: shortText.optional(),
  type: oneOf(alignmentTypes, 'CFItem').optional(),
}
const alignment = z
  .object(alignmentMembers)
  .meta({ id: 'Alignment', description: 'What the badge counts towards elsewhere' })
const alignmentInput = z.strictObject(alignmentMembers).meta({ id: 'NewAlignment' })
const alignments = z.array(alignmentInput).max(50)

const resultMembers = {
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be small letters, digits and hyphens, such as grade')
    .meta({ description: 'By which the results of awards name it' }),
  name: shortText,
  type: oneOf(resultTypes, 'Percent or LetterGrade'),
  allowedValues: z
    .array(z.string().trim().min(1).max(100))
    .min(1)
    .max(100)
    .readonly()
    .optional()
    .meta({ description: 'From the lowest to the highest' }),
  min: z.number().optional(),
  max: z.number().optional(),
  requiredValue: z.string().trim().min(1).max(100).optional(),
}
export const resultDescription = z
  .object(resultMembers)
  .meta({ id: 'ResultDescription', description: 'What can come out beside the badge' })
export type ResultDescription = z.output<typeof resultDescription>

const resultDescriptionInput = z
  .strictObject(resultMembers)
  .refine(({ min, max }) => min === undefined || max === undefined || min < max, {
    error: 'min must be less than max',
    path: ['max'],
  })
  .refine(
    ({ allowedValues, min, max }) => allowedValues === undefined || (min ?? max) === undefined,
    {
      error: 'has either allowedValues, or min and max',
      path: ['allowedValues'],
    },
  )
  .refine(
    ({ requiredValue, ...range }) => requiredValue === undefined || fits(requiredValue, range),
    {
      error: 'must itself be an allowed value',
      path: ['requiredValue'],
    },
  )
  .meta({ id: 'NewResultDescription' })
const resultDescriptions = z
  .array(resultDescriptionInput)
  .max(20)
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'each id may be used once')

const awardResultMembers = {
  result: z.string().max(40).meta({ description: 'The id of a result of the template' }),
  value: z.string().trim().min(1).max(100).optional(),
  status: z.enum(resultStatuses).optional(),
}
export const awardResult = z.object(awardResultMembers).meta({ id: 'AwardResult' })
export const awardResults = z
  .array(
    z
      .strictObject(awardResultMembers)
      .refine(({ value, status }) => (value ?? status) !== undefined, 'needs a value or a status')
      .meta({ id: 'NewAwardResult' }),
  )
  .max(20)

/** Whether a value lies in what a result allows: one of the listed, or a number within bounds. */
export function fits(
  value: string,
  range: Pick<ResultDescription, 'allowedValues' | 'min' | 'max'>,
): boolean {
  const { allowedValues, min, max } = range
  if (allowedValues !== undefined) return allowedValues.includes(value)
  if (min === undefined && max === undefined) return true
  const number = Number(value)
  return Number.isFinite(number) && number >= (min ?? number) && number <= (max ?? number)
}

/** What a template says in a badge beside its words, as it may be given. */
export const achievementInput = {
  language: language.nullable(),
  achievementType,
  fieldOfStudy: fieldOfStudy.nullable(),
  alignments,
  results: resultDescriptions,
}

export const achievement = {
  language: z.string().nullable().meta({ description: 'In which it is taught and written' }),
  achievementType: z.string(),
  fieldOfStudy: z.string().nullable(),
  alignments: z.array(alignment).readonly(),
  results: z.array(resultDescription).readonly(),
}
