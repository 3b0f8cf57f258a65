import type { ProviderTemplate } from '@rosette/providers'
import type { SyncSummaryJson } from '../../db/schema.js'
import type { BoundTemplate, ProviderTemplateRow } from './provider-template-repository.js'

/** What becomes of the provider's templates here. */
export type Plan = {
  /** New ones and changed ones, as they were read. */
  readonly store: readonly ProviderTemplate[]
  /** Ids of those that the provider does not have any more. */
  readonly vanished: readonly string[]
  /** The provider's ids of those that became active for the first time. */
  readonly opened: ReadonlySet<string>
  readonly summary: SyncSummaryJson
}

/** Compares what is known of an account's templates with all that the provider has. */
export function planSync(
  known: readonly ProviderTemplateRow[],
  seen: readonly ProviderTemplate[],
): Plan {
  const knownOf = new Map(known.map((row) => [row.external_id, row]))
  const seenOf = new Map(seen.map((template) => [template.id, template]))
  const templates = [...seenOf.values()]
  const before = (t: ProviderTemplate) => knownOf.get(t.id)
  const gone = known.filter((row) => !seenOf.has(row.external_id) && row.state !== 'archived')
  const store = templates.filter((t) => differs(before(t), t))
  const added = store.filter((t) => before(t) === undefined)
  const archived = store.filter((t) => t.state === 'archived' && isOpen(before(t)))
  const restored = store.filter((t) => t.state === 'active' && before(t)?.state === 'archived')
  const isFirst = (t: ProviderTemplate) => [undefined, 'draft'].includes(before(t)?.state)
  const opened = store.filter((t) => t.state === 'active' && isFirst(t))
  return {
    store,
    vanished: gone.map(({ id }) => id),
    opened: new Set(opened.map(({ id }) => id)),
    summary: {
      seen: templates.length,
      created: added.length,
      updated: store.length - added.length - archived.length - restored.length,
      archived: archived.length + gone.length,
      restored: restored.length,
    },
  }
}

function isOpen(row: ProviderTemplateRow | undefined): boolean {
  return row !== undefined && row.state !== 'archived'
}

function differs(row: ProviderTemplateRow | undefined, read: ProviderTemplate): boolean {
  return (
    row === undefined ||
    row.name !== read.name ||
    row.description !== read.description ||
    row.image_url !== read.imageUrl ||
    row.url !== read.url ||
    row.state !== read.state ||
    row.allows_duplicates !== read.allowsDuplicates ||
    JSON.stringify(row.skills) !== JSON.stringify(read.skills) ||
    !isSameTime(row.changed_at, read.updatedAt)
  )
}

function isSameTime(stored: string | null, read: string | null): boolean {
  if (stored === null || read === null) return stored === read
  return Date.parse(stored) === Date.parse(read)
}

/** What a badge template must become, so that it agrees with the provider's template that issues it. */
export type Consequence = 'archive' | 'restore' | 'follow' | 'none'

export function consequenceFor(bound: BoundTemplate, there: ProviderTemplateRow): Consequence {
  if (there.state !== 'active') return bound.state === 'archived' ? 'none' : 'archive'
  if (bound.state === 'archived' && bound.archivedWithProvider) return 'restore'
  return changedWords(bound, there) === null ? 'none' : 'follow'
}

export type Words = {
  readonly name: string
  readonly description: string
  readonly tags: string[]
}

/** The provider's words, within what a badge template may say here. */
export function wordsOf(there: ProviderTemplateRow): Words {
  const tags = there.skills.map((skill) => cut(skill.trim(), 60)).filter(Boolean)
  return {
    name: cut(there.name.trim(), 200) || cut(there.external_id, 200),
    description: cut(there.description, 5000),
    tags: [...new Set(tags)].slice(0, 30),
  }
}

// Half a character would be stored as something else, and so seem to have changed at every sync.
function cut(text: string, most: number): string {
  return text.slice(0, most).replace(/\p{Cs}$/u, '')
}

/** The provider's words, if the badge template takes them over and says something else now. */
export function changedWords(bound: BoundTemplate, there: ProviderTemplateRow): Words | null {
  if (!bound.follows) return null
  const words = wordsOf(there)
  const isSame =
    bound.name === words.name &&
    bound.description === words.description &&
    JSON.stringify(bound.tags) === JSON.stringify(words.tags)
  return isSame ? null : words
}
