const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const publicForm = /^[A-Za-z0-9_-]{22}$/

/** A UUID as people see it in addresses: its 16 bytes as 22 characters of base64url. */
export function toPublicId(uuid: string): string {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url')
}

/** The UUID behind either form, or undefined when the text is neither. */
export function parsePublicId(text: string): string | undefined {
  if (uuidForm.test(text)) return text.toLowerCase()
  if (!publicForm.test(text)) return undefined
  const bytes = Buffer.from(text, 'base64url')
  // The last character holds four bits that mean nothing; only one spelling is an id.
  if (bytes.toString('base64url') !== text) return undefined
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
