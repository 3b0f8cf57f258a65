import { findSignal, isKnownWithoutLearner, type Signal, signals } from '@rosette/openedx-events'
import { no } from './command-error.js'

/** The signal of that event type or Python name; else a no that names the nearest ones. */
export function knownSignal(name: string): Signal {
  const signal = findSignal(name)
  if (signal !== undefined) return signal
  if (isKnownWithoutLearner(name)) {
    throw no(`The event type "${name}" carries no learner, so no badge can be earned by it.`)
  }
  const near = nearestTo(name)
  const remedy =
    near.length === 0 ? 'See the list of signals in the documentation.' : 'Did you mean one of:'
  throw no([`The event type "${name}" is not known. ${remedy}`, ...near].join('\n  '))
}

function nearestTo(name: string): readonly string[] {
  const wanted = pairsOf(name)
  return signals
    .map(({ eventType, pythonName }) => ({
      eventType,
      likeness: Math.max(
        likeness(wanted, pairsOf(eventType)),
        likeness(wanted, pairsOf(pythonName)),
      ),
    }))
    .filter((one) => one.likeness > 0.3)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, 3)
    .map((one) => one.eventType)
}

// What all names have in common says nothing about which one is meant.
function pairsOf(name: string): ReadonlySet<string> {
  const own = name
    .toLowerCase()
    .replace(/^org\.openedx\.learning\.|^openedx_events\.learning\.signals\.|\.v1$/g, '')
    .replace(/[^a-z]+/g, ' ')
  return new Set(Array.from({ length: Math.max(0, own.length - 1) }, (_, i) => own.slice(i, i + 2)))
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((pair) => b.has(pair)).length
  return (2 * shared) / (a.size + b.size || 1)
}
