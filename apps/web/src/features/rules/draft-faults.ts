import {
  type Catalogue,
  parseTemplate,
  type Refusal,
  TemplateInvalid,
  validateActivation,
} from '@rosette/engine'
import type { Draft } from './draft.js'
import { toRules } from './draft-rules.js'
import type { EventType } from './terms.js'

/** A fault and where it stands: `part` is the id of a requirement or penalty, null for the badge as a whole. */
export type DraftFault = {
  readonly part: string | null
  /** Within the part: `dataRules[0].value`. */
  readonly field: string
  readonly code: string | undefined
  readonly reason: string
}

type ServerFault = { readonly path: string; readonly reason: string; readonly code?: string }

/** Faults that only keep a badge from becoming active; a draft may be saved with them. */
const forActivation = [
  'no-requirements',
  'penalty-without-rules',
  'penalty-without-requirements',
  'repeat-path-missing',
  'badge-cycle',
]

export function isForActivation({ code }: DraftFault): boolean {
  return code !== undefined && forActivation.includes(code)
}

/** What the engine has against a draft, as the server will say it; only keys of courses are checked there alone. */
export function faultsOf(
  draft: Draft,
  given: { readonly templateId: string; readonly types: readonly EventType[] },
): readonly DraftFault[] {
  return placed(draft, refusalsOf(draft, given))
}

/** Faults that the server named by their path in the rules. */
export function placed(draft: Draft, faults: readonly ServerFault[]): readonly DraftFault[] {
  const { requirements = [], penalties = [] } = toRules(draft)
  const lists = { requirements, penalties }
  return faults.map(({ path, reason, code }) => {
    const found = /^(?:rules\.)?(requirements|penalties)\[(\d+)\]\.?(.*)$/.exec(path)
    const [, list, index, field = ''] = found ?? []
    const parts = list === 'penalties' ? lists.penalties : lists.requirements
    const part = index === undefined ? undefined : parts[Number(index)]?.id
    return { part: part ?? null, field: part === undefined ? path : field, code, reason }
  })
}

/** The fault at a field of a part, or at one of its members. */
export function faultAtField(
  faults: readonly DraftFault[],
  part: string,
  field: string,
): DraftFault | undefined {
  const begins = (text: string) =>
    text === field || text.startsWith(`${field}[`) || text.startsWith(`${field}.`)
  return faults.find((fault) => fault.part === part && begins(fault.field))
}

function refusalsOf(
  draft: Draft,
  { templateId, types }: { readonly templateId: string; readonly types: readonly EventType[] },
): readonly Refusal[] {
  try {
    const template = parseTemplate({ id: templateId, ...toRules(draft) })
    return validateActivation(template, { ...catalogueOf(types), others: [] })
  } catch (error) {
    if (error instanceof TemplateInvalid) return error.refusals
    throw error
  }
}

function catalogueOf(types: readonly EventType[]): Catalogue {
  const byType = new Map(types.map((type) => [type.eventType, type]))
  return {
    eventTypes: (eventType) => byType.has(eventType),
    fieldTypes: (eventType, keyPath) =>
      byType.get(eventType)?.keyPaths.find(({ path }) => path === keyPath)?.type,
    keyFault: (_, keyPath, text) => (looksLikeKey(keyPath, text) ? null : `"${text}" is no key.`),
  }
}

const courseKey = /^(course-v1:[^+/\s]+\+[^+/\s]+\+[^+/\s]+|[^/\s]+\/[^/\s]+\/[^/\s]+|ccx-v1:\S+)$/
const ccxKey = /^ccx-v1:\S+\+ccx@\d+$/

/** A first look while somebody types; the server reads keys exactly, and has the last word. */
export function looksLikeKey(keyPath: string, text: string): boolean {
  if (/ccx_course_key$/.test(keyPath)) return ccxKey.test(text)
  return /usage_key$/.test(keyPath) || courseKey.test(text)
}
