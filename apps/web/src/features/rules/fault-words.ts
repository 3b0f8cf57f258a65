import type { DraftFault } from './draft-faults.js'
import type { Field, Say } from './terms.js'

/** A fault in the reader's language; what only the server knows is said in its words. */
export function faultText(
  fault: DraftFault | undefined,
  say: Say,
  about: {
    readonly value?: string | readonly string[]
    readonly type?: Field['type'] | undefined
  } = {},
): string | undefined {
  if (fault === undefined) return undefined
  switch (fault.code) {
    case 'value-unfit':
      return valueFault(fault, say, about)
    case 'event-type-unknown':
    case 'key-path-unknown':
    case 'operator-unfit':
    case 'count-invalid':
    case 'window-empty':
    case 'after-cycle':
    case 'no-requirements':
    case 'penalty-without-rules':
    case 'penalty-without-requirements':
    case 'repeat-path-missing':
      return say(`faults.${fault.code}`)
    default:
      return fault.reason
  }
}

function valueFault(
  { reason }: DraftFault,
  say: Say,
  { value = '', type }: NonNullable<Parameters<typeof faultText>[2]>,
): string {
  if ([value].flat().every((each) => each === '')) return say('faults.empty')
  // The first look of the console knows less than the server, which names what is wrong with a key.
  if (type === 'key' && / is no key\.$/.test(reason)) return say('faults.key')
  if (type === 'number') return say('faults.number')
  if (type === 'datetime') return say('faults.time')
  return reason
}
