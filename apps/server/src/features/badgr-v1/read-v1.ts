import {
  type ClassGiven,
  imageIn,
  isMailAddress,
  isTrue,
  isWebAddress,
  joinCriteria,
  messages,
  onlyMail,
  openReading,
  readEvidence,
  readExpires,
  readIssuedOn,
  readTags,
  readTime,
} from '../badgr-api/badgr-api.js'
import { type Fields, textIn } from '../badgr-auth/badgr-auth.js'

const mostText = 16_384

/** Reads a badge class; its client may choose the name that it asks for it by. */
export function readClassV1(fields: Fields, { isNew }: { readonly isNew: boolean }) {
  const reading = openReading(fields)
  const slug = reading.text('slug', 255)
  const [either, text, url] = [
    reading.text('criteria', mostText),
    reading.text('criteria_text', mostText),
    reading.url('criteria_url'),
  ]
  const isAddress = either !== undefined && either !== null && isWebAddress(either)
  const address = url || (isAddress ? either : null) || null
  const words = text || (isAddress ? null : either) || null
  if (address === null && words === null) reading.fail('criteria', messages.required)
  const given: ClassGiven = {
    name: reading.needed('name', 255),
    description: reading.needed('description', mostText),
    criteria: joinCriteria(address, words),
    tags: readTags(reading),
    alignments: readAlignment(reading.list('alignment')),
    expires: readExpires(reading),
    image: imageIn(reading, { isNeeded: isNew }),
  }
  reading.done()
  return { ...given, slug: slug || undefined }
}

function readAlignment(items: readonly unknown[] | undefined): ClassGiven['alignments'] {
  return (items ?? []).flatMap((one) => {
    const [name, url] = [textIn(one, 'target_name') ?? '', textIn(one, 'target_url') ?? '']
    const description = textIn(one, 'target_description')
    if (name === '' || !isWebAddress(url)) return []
    return [{ name, url, ...(description !== undefined && { description }) }]
  })
}

/** Reads an award: an address in a form, and where the evidence is. */
export function readAssertionV1(fields: Fields, now: Date) {
  const reading = openReading(fields)
  const type = reading.text('recipient_type', 50) ?? 'email'
  const email = (reading.text('email', 254) || reading.text('recipient_identifier', 254)) ?? ''
  if (type !== 'email') reading.fail('recipient_type', onlyMail)
  else if (email === '') reading.fail('recipient_identifier', messages.required)
  else if (!isMailAddress(email)) reading.fail('recipient_identifier', messages.email)
  const address = reading.url('evidence')
  const items = readEvidence(reading, 'evidence_items')
  const duplicates = fields['allow_duplicate_awards']
  const given = {
    email: email.toLowerCase(),
    evidence: address ? [{ url: address }, ...items.filter(({ url }) => url !== address)] : items,
    narrative: reading.text('narrative', mostText) || undefined,
    issuedOn: readIssuedOn(reading, 'issued_on', now),
    expires: readTime(reading, 'expires'),
    notify: isTrue(fields['create_notification']),
    allowsDuplicates: duplicates === undefined || isTrue(duplicates),
  }
  reading.done()
  return given
}
