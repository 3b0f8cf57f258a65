import { createHash } from 'node:crypto'

/** Nothing runs, nothing is fetched but images and the typeface, and nobody frames the page. */
export function contentSecurity(styles: readonly string[]): string {
  const hashes = styles.map((text) => createHash('sha256').update(text).digest('base64'))
  return [
    `default-src 'none'`,
    `style-src ${hashes.map((hash) => `'sha256-${hash}'`).join(' ')}`,
    // Badges that a provider issues are shown with its pictures.
    `img-src 'self' data: https:`,
    `font-src 'self'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ')
}

/** The same for a page that is made to stand in pages of others. */
export function framable(policy: string): string {
  return policy.replace("frame-ancestors 'none'", 'frame-ancestors *')
}
