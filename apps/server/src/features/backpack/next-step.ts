import type { Progress } from '@rosette/contract'
import { findSignal } from '@rosette/openedx-events'
import type { Db } from '../../db/database.js'
import type { DataRuleJson } from '../../db/schema.js'
import { requirementsOf, templateFacts } from './on-the-way-views.js'

type Groups = Progress['groups']
type Open = Groups[number]['requirements'][number]

/** Says what is missing for badges, in a sentence: the first open group, with its other ways. */
export async function createNextSteps(db: Db, templateIds: readonly string[]) {
  const stored = await requirementsOf(db, templateIds)
  const rulesOf = new Map(stored.map((one) => [`${one.templateId} ${one.ref}`, one.dataRules]))
  const named = badgesNamedIn(stored.flatMap((one) => one.dataRules))
  const facts = await templateFacts(db, named)

  return (templateId: string, groups: Groups): string | null => {
    const open = groups.find(({ fulfilled }) => !fulfilled)
    if (open === undefined) return null
    const ways = open.requirements
      .filter(({ fulfilled }) => !fulfilled)
      .map((one) => stepOf(one, rulesOf.get(`${templateId} ${one.id}`) ?? [], facts))
    return sentence([...new Set(ways)])
  }
}

const badgePath = 'template.uuid'
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function badgesNamedIn(rules: readonly DataRuleJson[]): readonly string[] {
  const named = rules.filter(({ keyPath }) => keyPath === badgePath)
  return [...new Set(named.flatMap(({ value }) => value))].filter((id) => uuid.test(id))
}

/** What somebody does for an event of this type, and where the event names its object. */
const acts: Readonly<Record<string, { readonly act: string; readonly at: string }>> = {
  'course.passing.status.updated': { act: 'Pass', at: 'course.course_key' },
  'ccx.course.passing.status.updated': { act: 'Pass', at: 'course.ccx_course_key' },
  'course.enrollment.created': { act: 'Enrol in', at: 'course.course_key' },
  'certificate.created': { act: 'Get the certificate of', at: 'course.course_key' },
  'program.certificate.awarded': { act: 'Complete the programme', at: 'program.uuid' },
  'badge.awarded': { act: 'Earn', at: badgePath },
}

/** What the author of the badge wrote counts; without that, the act and what it is done in. */
function stepOf(
  { description, eventType }: Open,
  rules: readonly DataRuleJson[],
  facts: ReadonlyMap<string, { readonly name: string }>,
): string {
  const written = description?.trim()
  if (written) return upperFirst(written.replace(/\.$/, ''))
  const known = acts[eventType.replace(/^org\.openedx\.learning\.(.+)\.v\d+$/, '$1')]
  const objects = rules
    .filter(({ keyPath, operator }) => keyPath === known?.at && /^(eq|in)$/.test(operator))
    .flatMap(({ value }) => value)
    .map((value) => facts.get(value.toLowerCase())?.name ?? value)
  if (known !== undefined && objects.length > 0) return `${known.act} ${list(objects)}`
  return findSignal(eventType)?.title ?? eventType
}

function sentence(ways: readonly string[]): string | null {
  const [first, ...others] = ways
  if (first === undefined) return null
  return list([first, ...others.map((other) => other.charAt(0).toLowerCase() + other.slice(1))])
}

const either = new Intl.ListFormat('en', { type: 'disjunction' })

function list(items: readonly string[]): string {
  const most = items.slice(0, 4)
  return either.format(items.length > most.length ? [...most, 'another way'] : most)
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
