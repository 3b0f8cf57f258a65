import { parsePublicId } from '../../http/public-id.js'
import type { Fields } from '../badgr-auth/badgr-auth.js'
import { imageIn } from './read-image.js'
import { isMailAddress, messages, openReading } from './reading.js'

export type IssuerGiven = {
  readonly name: string
  readonly url: string
  readonly email: string
  readonly description: string
  readonly image: Buffer | undefined
  /** A member of ours: the organization that it is to belong to. */
  readonly organizationId: string | undefined
}

export function readIssuer(fields: Fields): IssuerGiven {
  const reading = openReading(fields)
  const name = reading.needed('name', 1024)
  const url = reading.url('url')
  if (url === undefined || url === null) reading.fail('url', messages.required)
  const email = reading.needed('email', 254)
  if (!isMailAddress(email)) reading.fail('email', messages.email)
  const description = reading.text('description', 16_384) ?? ''
  const image = imageIn(reading, { isNeeded: false })
  const named = reading.text('organization', 50)
  const organizationId = typeof named === 'string' ? parsePublicId(named) : undefined
  if (named && organizationId === undefined) reading.fail('organization', messages.text)
  reading.done()
  return { name, url: url ?? '', email, description, image, organizationId }
}
