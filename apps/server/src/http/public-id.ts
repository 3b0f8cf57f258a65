const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
// The last character holds four bits that mean nothing; only one spelling is an id.
const publicForm = /^[A-Za-z0-9_-]{21}[AQgw]$/

/** A UUID as people see it in addresses: its 16 bytes as 22 characters of base64url. */
export function toPublicId(uuid: string): string {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url')
}

/** The UUID behind either form, or undefined when the text is neither. */
export function parsePublicId(text: string): string | undefined {
  if (uuidForm.test(text)) return text.toLowerCase()
  if (!publicForm.test(text)) return undefined
  const hex = Buffer.from(text, 'base64url').toString('hex')
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)]
  return `${parts.join('-')}-${hex.slice(20)}`
}
