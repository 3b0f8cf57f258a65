/**
 * The ways in which an address may have been written before it was hashed into a badge: issuers of old hashed
 * what they had, in whatever case. The first is the address as it was given.
 */
export function addressVariants(email: string): readonly string[] {
  const given = email.trim()
  const lower = given.toLowerCase()
  const at = lower.lastIndexOf('@')
  const [local, domain] = [lower.slice(0, at), lower.slice(at)]
  return [
    ...new Set([
      given,
      lower,
      given.toUpperCase(),
      capitalized(lower),
      lower.replace(/[\p{L}\p{N}]+/gu, capitalized),
      `${local.replace(/[\p{L}\p{N}]+/gu, capitalized)}${domain}`,
      `${local.toUpperCase()}${domain}`,
    ]),
  ]
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
