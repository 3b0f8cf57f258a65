import type { Reading } from './reading.js'

const dataForm = /^data:image\/(?:png|svg\+xml)(?:;[\w=-]+)*?(;base64)?,([\s\S]*)$/i

/**
 * The picture that was sent, as a file or as a data URI. An address of the web says that the one that is
 * there stays: whoever changes a thing sends back what was read.
 */
export function imageIn(
  reading: Reading,
  { isNeeded }: { readonly isNeeded: boolean },
): Buffer | undefined {
  const value = reading.fields['image']
  if (Buffer.isBuffer(value) && value.length > 0) return value
  if (typeof value === 'string' && /^https?:/i.test(value) && !isNeeded) return undefined
  if (value === undefined || value === null || value === '') {
    if (isNeeded) reading.fail('image', 'This field is required.')
    return undefined
  }
  const bytes = typeof value === 'string' ? fromDataUri(value) : undefined
  return bytes ?? reading.fail('image', 'Valid image file or data URI required.')
}

export function fromDataUri(text: string): Buffer | undefined {
  const [, isBase64, data] = dataForm.exec(text) ?? []
  if (data === undefined) return undefined
  const bytes = isBase64 === undefined ? fromPercents(data) : Buffer.from(data, 'base64')
  return bytes === undefined || bytes.length === 0 ? undefined : bytes
}

function fromPercents(text: string): Buffer | undefined {
  try {
    return Buffer.from(decodeURIComponent(text))
  } catch {
    // A picture that was not written as an address needs no other refusal than any bad picture.
    return undefined
  }
}
