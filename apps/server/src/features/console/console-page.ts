import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'

/** What a page of the console may do: run our own files, and show styles that carry the nonce. */
function contentSecurity(nonce: string): string {
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self' 'nonce-${nonce}'`,
    // Styles that scripts set on single elements; no text of a person becomes one.
    `style-src-attr 'unsafe-inline'`,
    // Badges that a provider issues are shown with its pictures; drawings are previewed before they are stored.
    `img-src 'self' data: blob: https:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `form-action 'self'`,
    `base-uri 'self'`,
    `frame-ancestors 'none'`,
    `object-src 'none'`,
  ].join('; ')
}

/** The page from which the console starts, with its place in the site and a nonce of its own. */
export async function readConsolePage(folder: string, base: string) {
  const built = await readFile(`${folder}/index.html`, 'utf8')
  const [before = '', after = ''] = built
    .replace(/<base href="[^"]*"/, () => `<base href="${base}"`)
    .split('name="csp-nonce" content=""')

  return () => {
    const nonce = randomBytes(16).toString('base64')
    return {
      html: `${before}name="csp-nonce" content="${nonce}"${after}`,
      contentSecurity: contentSecurity(nonce),
    }
  }
}
