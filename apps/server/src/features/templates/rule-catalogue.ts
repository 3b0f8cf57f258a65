import type { EventType } from '@rosette/contract'
import { type Catalogue, operatorsFor } from '@rosette/engine'
import { keyFaultOf, keyPathsOf, type Signal, signalOf } from '@rosette/openedx-events'

/** What rules may name here: the configured event types and their key paths that are not ignored. */
export function createRuleCatalogue(
  eventTypes: readonly string[],
  ignoredKeyPaths: readonly string[],
) {
  const known = new Map(
    eventTypes.flatMap((eventType) => {
      const signal = signalOf(eventType)
      return signal === undefined ? [] : [[eventType, entryOf(signal, ignoredKeyPaths)] as const]
    }),
  )

  const catalogue: Required<Catalogue> = {
    eventTypes: (eventType) => known.has(eventType),
    fieldTypes: (eventType, keyPath) => known.get(eventType)?.types.get(keyPath),
    keyFault: keyFaultOf,
    keyPathsOf: (eventType) => [...(known.get(eventType)?.types.keys() ?? [])],
  }

  return { ...catalogue, list: (): EventType[] => [...known.values()].map((k) => k.view) }
}

export type RuleCatalogue = ReturnType<typeof createRuleCatalogue>

function entryOf(signal: Signal, ignored: readonly string[]) {
  const paths = keyPathsOf(signal, ignored)
  const view = {
    eventType: signal.eventType,
    title: signal.title,
    keyword: signal.kwarg,
    keyPaths: paths.map((path) => ({ ...path, operators: operatorsFor[path.type] })),
  }
  return { view, types: new Map(paths.map(({ path, type }) => [path, type])) }
}
