import { EVERY } from '@rosette/engine'
import type { ImportFaultJson } from '../../db/award-import-schema.js'
import type { Db } from '../../db/database.js'
import { findTemplates, type StoredTemplate } from '../templates/templates.js'
import { type ImportField, valuesOf } from './columns.js'
import { findHeld, findPeople, type Person } from './people-repository.js'
import { type Asked, readRow } from './read-row.js'

export type CheckedRow = {
  readonly number: number
  readonly cells: readonly string[]
  readonly templateId: string | null
  readonly learnerId: number | null
  readonly check: 'ready' | 'new-learner' | 'held' | 'faulty'
  readonly faults: readonly ImportFaultJson[]
}
type Given = { readonly number: number; readonly cells: readonly string[] }
type Of = {
  readonly organizationId: string
  readonly templateId: string | null
  readonly fields: readonly (ImportField | null)[]
  readonly now: Date
}
type Read = Given & { readonly asked: Asked; readonly faults: readonly ImportFaultJson[] }

/** Says of each row what running it would do. Nothing is stored, and nothing is promised: time goes on. */
export async function checkRows(db: Db, rows: readonly Given[], of: Of): Promise<CheckedRow[]> {
  const read = rows.map(
    (row): Read => ({ ...row, ...readRow(valuesOf(row.cells, of.fields), of.now) }),
  )
  const templates = await templatesOf(db, read, of)
  const people = await findPeople(
    db,
    read.map(({ asked }) => asked),
  )
  const checked = read.map((row) => checkOne(row, { of, templates, people: people.of(row.asked) }))
  return withRepeated(await withHeld(db, checked))
}

type Known = {
  readonly of: Of
  readonly templates: ReadonlyMap<string, StoredTemplate>
  readonly people: readonly Person[]
}
type Judged = CheckedRow & { readonly asked: Asked; readonly instance: string }

function checkOne(row: Read, { of, templates, people }: Known): Judged {
  const { number, cells, asked } = row
  const faults = [...row.faults]
  const templateId = asked.template ?? of.templateId
  const template = templateId === null ? undefined : templates.get(templateId)
  faults.push(...templateFaults(asked, templateId, template))
  const [person, other] = people
  if (other !== undefined) {
    const both = `${person?.username} and ${other.username}`
    faults.push({ column: null, reason: `Could be ${both}: leave the user name or the id only.` })
  }
  if (person === undefined && asked.email === undefined && faults.length === 0) {
    const reason = 'Nobody of this name is known here. Add an e-mail address to enter them.'
    faults.push({ column: asked.username === undefined ? 'lmsUserId' : 'username', reason })
  }
  const check = faults.length > 0 ? 'faulty' : person === undefined ? 'new-learner' : 'ready'
  const instance = asked.instance === undefined ? EVERY : `=${asked.instance}`
  const found = { templateId: template?.row.id ?? null, learnerId: person?.id ?? null }
  return { number, cells, asked, instance, ...found, check, faults }
}

function templateFaults(
  asked: Asked,
  templateId: string | null,
  template: StoredTemplate | undefined,
): readonly ImportFaultJson[] {
  const column = asked.template === undefined ? null : 'template'
  if (templateId === null) {
    return [{ column: null, reason: 'Names no badge. Choose one for the whole file.' }]
  }
  if (template === undefined) {
    return [{ column, reason: 'This organization has no badge with this id.' }]
  }
  const { name, state } = template.row
  if (state !== 'active') {
    return [
      {
        column,
        reason: `"${name}" is ${state === 'draft' ? 'a draft: activate it' : 'archived'}.`,
      },
    ]
  }
  if ((template.rules.repeat === null) === (asked.instance === undefined)) return []
  const reason =
    template.rules.repeat === null
      ? `"${name}" is earned once; leave this empty.`
      : `"${name}" is earned once per ${template.rules.repeat.by}; say for which.`
  return [{ column: 'instance', reason }]
}

async function templatesOf(db: Db, rows: readonly Read[], { organizationId, templateId }: Of) {
  const named = rows.flatMap(({ asked, faults }) =>
    asked.template === undefined || faults.some(({ column }) => column === 'template')
      ? []
      : [asked.template],
  )
  const ids = [...new Set([...named, ...(templateId === null ? [] : [templateId])])]
  const found = await findTemplates(db, { ids })
  const own = found.filter(({ row }) => row.organization_id === organizationId)
  return new Map(own.map((template) => [template.row.id, template]))
}

async function withHeld(db: Db, rows: readonly Judged[]): Promise<readonly Judged[]> {
  const held = await findHeld(
    db,
    rows.flatMap(({ learnerId, templateId, instance }) =>
      learnerId === null || templateId === null ? [] : [{ learnerId, templateId, instance }],
    ),
  )
  return rows.map((row) => {
    const isHeld = held.has(`${row.learnerId} ${row.templateId} ${row.instance}`)
    return row.check === 'ready' && isHeld ? { ...row, check: 'held' as const } : row
  })
}

// A file that names somebody twice would find the badge held the second time.
function withRepeated(rows: readonly Judged[]): CheckedRow[] {
  const first = new Map<string, number>()
  return rows.map(({ asked, instance, ...row }) => {
    if (row.check === 'faulty' || row.check === 'held') return row
    const who = row.learnerId ?? asked.email?.toLowerCase()
    const address = `${who} ${row.templateId} ${instance}`
    const earlier = first.get(address)
    if (earlier === undefined) {
      first.set(address, row.number)
      return row
    }
    const faults = [
      { column: null, reason: `Line ${earlier} awards the same badge to the same person.` },
    ]
    return { ...row, check: 'held' as const, faults }
  })
}
