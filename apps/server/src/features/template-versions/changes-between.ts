import { isDeepStrictEqual } from 'node:util'
import type { TemplateChange } from '@rosette/contract'
import type { TemplateSnapshotJson } from '../../db/template-version-schema.js'

type State = { readonly snapshot: TemplateSnapshotJson; readonly image_id: string | null }

/** What is different between two versions: details by name, rules part by part. */
export function changesBetween(before: State, after: State): readonly TemplateChange[] {
  return [
    ...detailChanges(before.snapshot, after.snapshot),
    ...imageChanges(before, after),
    ...partChanges(before.snapshot.requirements, after.snapshot.requirements).map((change) => ({
      kind: 'requirement' as const,
      ...change,
    })),
    ...partChanges(before.snapshot.penalties, after.snapshot.penalties).map((change) => ({
      kind: 'penalty' as const,
      ...change,
    })),
    ...orderChanges(before.snapshot, after.snapshot),
  ]
}

function detailChanges(before: TemplateSnapshotJson, after: TemplateSnapshotJson) {
  const { requirements: _r, penalties: _p, ...details } = after
  const old = new Map<string, unknown>(Object.entries(before))
  return Object.entries(details).flatMap(([field, value]) => {
    const was = old.get(field) ?? null
    if (isDeepStrictEqual(was, value)) return []
    return [{ kind: 'detail' as const, field, before: was, after: value }]
  })
}

function imageChanges(before: State, after: State) {
  if (before.image_id === after.image_id) return []
  const change = { before: before.image_id !== null, after: after.image_id !== null }
  return [{ kind: 'image' as const, ...change }]
}

type Part = { readonly id: string }
type PartChange<P> = { readonly id: string; readonly before: P | null; readonly after: P | null }

function partChanges<P extends Part>(before: readonly P[], after: readonly P[]): PartChange<P>[] {
  const old = new Map(before.map((part) => [part.id, part]))
  const kept = new Set(after.map(({ id }) => id))
  return [
    ...after.flatMap((part) => {
      const was = old.get(part.id) ?? null
      return isDeepStrictEqual(was, part) ? [] : [{ id: part.id, before: was, after: part }]
    }),
    ...before.flatMap((part) =>
      kept.has(part.id) ? [] : [{ id: part.id, before: part, after: null }],
    ),
  ]
}

function orderChanges(before: TemplateSnapshotJson, after: TemplateSnapshotJson) {
  const was = idsOf(before)
  const is = idsOf(after)
  const isMoved = !isDeepStrictEqual(was, is) && isDeepStrictEqual([...was].sort(), [...is].sort())
  return isMoved ? [{ kind: 'detail' as const, field: 'order', before: was, after: is }] : []
}

function idsOf({ requirements, penalties }: TemplateSnapshotJson): readonly string[] {
  return [...requirements, ...penalties].map(({ id }) => id)
}
