import type { Schema } from '../../lib/api.js'
import type { BadgeTemplate } from '../../lib/badge-templates.js'

export type Expiry = { readonly amount: number; readonly unit: 'days' | 'months' | 'years' } | null
export type AlignmentDraft = {
  readonly name: string
  readonly url: string
  readonly code: string
  readonly framework: string
  readonly description: string
  readonly type: string
}
export type ResultDraft = {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly min: string
  readonly max: string
  readonly allowedValues: readonly string[]
  readonly requiredValue: string
}
/** What the form holds; empty texts stand for what is not said. */
export type LookValues = {
  readonly name: string
  readonly description: string
  readonly criteria: string
  readonly tags: readonly string[]
  readonly language: string
  readonly achievementType: string
  readonly fieldOfStudy: string
  readonly expiry: Expiry
  readonly alignments: readonly AlignmentDraft[]
  readonly results: readonly ResultDraft[]
}

export type LookChange = Schema<'BadgeTemplateChangeInput'>

export function toLookValues(template: BadgeTemplate): LookValues {
  const { name, description, criteria, tags, language, achievementType, fieldOfStudy } = template
  return {
    name,
    description,
    criteria,
    tags,
    language: language ?? '',
    achievementType,
    fieldOfStudy: fieldOfStudy ?? '',
    expiry: toExpiry(template.expiresAfterDays),
    alignments: template.alignments.map((given) => ({
      name: given.name,
      url: given.url,
      code: given.code ?? '',
      framework: given.framework ?? '',
      description: given.description ?? '',
      type: given.type ?? '',
    })),
    results: template.results.map((given) => ({
      id: given.id,
      name: given.name,
      type: given.type,
      min: given.min?.toString() ?? '',
      max: given.max?.toString() ?? '',
      allowedValues: given.allowedValues ?? [],
      requiredValue: given.requiredValue ?? '',
    })),
  }
}

/** What differs between two states of the form, as the server takes it; undefined when nothing does. */
export function changeBetween(before: LookValues, after: LookValues): LookChange | undefined {
  const was = toChange(before)
  const entries = Object.entries(toChange(after)).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(was, field)),
  )
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

const daysIn = { days: 1, months: 30, years: 365 } as const

/** Days are what is stored; whole years and months of 30 days are said as such. */
export function toExpiry(days: number | null): Expiry {
  if (days === null) return null
  for (const unit of ['years', 'months'] as const) {
    if (days % daysIn[unit] === 0) return { amount: days / daysIn[unit], unit }
  }
  return { amount: days, unit: 'days' }
}

export function toDays(expiry: Expiry): number | null {
  return expiry === null ? null : Math.round(expiry.amount) * daysIn[expiry.unit]
}

function toChange(values: LookValues) {
  return {
    name: values.name.trim(),
    description: values.description,
    criteria: values.criteria,
    tags: [...values.tags],
    language: values.language === '' ? null : values.language,
    achievementType: values.achievementType,
    fieldOfStudy: values.fieldOfStudy.trim() === '' ? null : values.fieldOfStudy.trim(),
    expiresAfterDays: toDays(values.expiry),
    alignments: values.alignments.map(toAlignment),
    results: values.results.map(toResult),
  }
}

function toAlignment({ name, url, ...rest }: AlignmentDraft) {
  return { name, url: url.trim(), ...filled(rest) }
}

function toResult({ id, name, type, min, max, allowedValues, requiredValue }: ResultDraft) {
  return {
    id,
    name,
    type,
    ...(min.trim() !== '' && { min: Number(min) }),
    ...(max.trim() !== '' && { max: Number(max) }),
    ...(allowedValues.length > 0 && { allowedValues: [...allowedValues] }),
    ...filled({ requiredValue }),
  }
}

/** Without the texts that are empty. */
function filled<Name extends string>(
  texts: Readonly<Record<Name, string>>,
): { [name in Name]?: string } {
  const said: { [name in Name]?: string } = {}
  for (const name of Object.keys(texts).filter((one): one is Name => one in texts)) {
    const text = texts[name].trim()
    if (text !== '') said[name] = text
  }
  return said
}
