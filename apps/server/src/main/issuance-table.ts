import type { Issuance } from '@rosette/contract'
import { tableLines } from './output.js'

/** The first eight digits of an id: enough to name it, few enough to type. */
const shortId = 8
const indent = ' '.repeat(shortId + 2)

/** One line for each issuance, and below it what went wrong and what to do. */
export function issuanceLines(items: readonly Issuance[], width: number): readonly string[] {
  const most = columnWidths(width)
  const rows = items.map((item) => [
    item.id.slice(0, shortId),
    cut(item.template.name, most.badge),
    cut(item.learner.name || item.learner.username, most.learner),
    cut(item.account?.name ?? 'here', most.where),
    item.state,
    item.nextTryAt === null ? '' : minuteOf(item.nextTryAt),
  ])
  const [header = '', ...lines] = tableLines([
    ['id', 'badge', 'learner', 'where', 'state', 'next try (UTC)'],
    ...rows,
  ])
  return [header, ...items.flatMap((item, n) => [lines[n] ?? '', ...explained(item, width)])]
}

// An id, a state and a time take 34 columns with the gaps between all; the names share the rest.
function columnWidths(width: number) {
  const rest = Math.max(24, width - 44)
  const learner = Math.floor(rest * 0.3)
  const where = Math.floor(rest * 0.3)
  return { learner, where, badge: rest - learner - where }
}

function explained(issuance: Issuance, width: number): readonly string[] {
  const { state, wanted, lastError, remedy, note } = issuance
  const hasFailed = state === 'failed' || state === 'stopped'
  // Somebody ended it at the provider, and its award stands.
  const endedThere = state === 'revoked' && wanted === 'issued'
  if (!hasFailed && !endedThere) return []
  const text = [endedThere ? note : lastError, remedy].filter((part) => part !== null).join(' ')
  return wrapped(text, Math.max(30, width - indent.length)).map((line) => indent + line)
}

function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`
    } else lines.push(word)
  }
  return lines
}

function cut(text: string, most: number): string {
  const characters = [...text.replace(/\s+/g, ' ')]
  return characters.length <= most
    ? characters.join('')
    : `${characters.slice(0, most - 1).join('')}…`
}

function minuteOf(instant: string): string {
  return instant.slice(0, 16).replace('T', ' ')
}
