import type { ExpiryJson } from '../../db/badgr-schema.js'
import type { AlignmentJson } from '../../db/schema.js'
import { type Fields, textIn } from '../badgr-auth/badgr-auth.js'
import { imageIn } from './read-image.js'
import { isWebAddress, messages, openReading, type Reading } from './reading.js'
import { joinCriteria } from './to-json.js'

/** What software says of a badge class. */
export type ClassGiven = {
  readonly name: string
  readonly description: string
  readonly criteria: string
  readonly tags: readonly string[]
  readonly alignments: readonly AlignmentJson[]
  readonly expires: ExpiryJson | null
  readonly image: Buffer | undefined
}

const mostText = 16_384

/** Reads what v2 sends. Without a picture a new class is refused; a changed one keeps its own. */
export function readClass(fields: Fields, { isNew }: { readonly isNew: boolean }): ClassGiven {
  const reading = openReading(fields)
  const given = {
    name: reading.needed('name', 255),
    description: reading.needed('description', mostText),
    criteria: readCriteria(reading),
    tags: readTags(reading),
    alignments: readAlignments(reading),
    expires: readExpires(reading),
    image: imageIn(reading, { isNeeded: isNew }),
  }
  reading.done()
  return given
}

// The address may be a sentence: those who filled it in were told so by the documentation of the LMS.
function readCriteria(reading: Reading): string {
  const address = reading.text('criteriaUrl', mostText) ?? ''
  const narrative = reading.text('criteriaNarrative', mostText) ?? ''
  if (/!\[[^\]]*\]\(/.test(narrative)) {
    reading.fail('criteriaNarrative', 'Images not supported in markdown')
  }
  if (address === '' || isWebAddress(address))
    return joinCriteria(address || null, narrative || null)
  return joinCriteria(null, [narrative, address].filter((one) => one !== '').join('\n\n'))
}

export function readTags(reading: Reading): readonly string[] {
  const { fields } = reading
  const tags = typeof fields['tags'] === 'string' ? fields['tags'].split(',') : reading.list('tags')
  return (tags ?? []).flatMap((tag) => {
    const text = typeof tag === 'string' ? tag.trim().slice(0, 255) : ''
    return text === '' ? [] : [text]
  })
}

function readAlignments(reading: Reading): readonly AlignmentJson[] {
  return (reading.list('alignments') ?? []).flatMap((one) => {
    const [name, url] = [textIn(one, 'targetName') ?? '', textIn(one, 'targetUrl') ?? '']
    if (name === '') return reading.fail('alignments', { targetName: [messages.required] }) ?? []
    if (!isWebAddress(url)) return reading.fail('alignments', { targetUrl: [messages.url] }) ?? []
    return [toAlignment(one, { name, url })]
  })
}

function toAlignment(one: unknown, base: { readonly name: string; readonly url: string }) {
  const [description, framework, code] = [
    textIn(one, 'targetDescription'),
    textIn(one, 'targetFramework'),
    textIn(one, 'targetCode'),
  ]
  return {
    ...base,
    ...(description !== undefined && { description }),
    ...(framework !== undefined && { framework }),
    ...(code !== undefined && { code }),
  }
}

const durations = ['days', 'weeks', 'months', 'years'] as const

/** How long badges hold; an empty one is none. */
export function readExpires(reading: Reading): ExpiryJson | null {
  const value = reading.object('expires')
  if (value === undefined || Object.keys(value).length === 0) return null
  const amount = Number(value['amount'])
  const duration = durations.find((one) => one === value['duration'])
  if (!Number.isInteger(amount) || amount < 1 || amount > 100_000) {
    reading.fail('expires', { amount: ['A valid integer is required.'] })
    return null
  }
  if (duration === undefined) {
    reading.fail('expires', { duration: [`"${String(value['duration'])}" is not a valid choice.`] })
    return null
  }
  return { amount, duration }
}
