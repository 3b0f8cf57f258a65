import { contentSecurity } from './content-security.js'
import { type Html, html } from './html.js'
import { style } from './html-style.js'

declare module 'fastify' {
  interface FastifyInstance {
    /** What pages without script look like at the moment. */
    brand: () => Brand
  }
}

/** What is the same on every page without script, and what an operator may change of it. */
export type Brand = {
  readonly name: string
  /** The path of the start page. */
  readonly home: string
  readonly mark: Html
  readonly icon: string
  /** Rules beside those of every page. */
  readonly style: string
  readonly footerText: string
  readonly footerLinks: readonly { readonly label: string; readonly url: string }[]
  readonly contentSecurity: string
}

export const siteName = 'Rosette'

type Chosen = Pick<Brand, 'name' | 'home' | 'footerText' | 'footerLinks'> & {
  /** Undefined for the rosette. */
  readonly logoPath: string | undefined
  readonly mark: Html
  /** Colours of an operator, and the letters on them. */
  readonly accents: Readonly<Record<'light' | 'dark', { colour: string; letters: string }>> | null
}

export function createBrand({ logoPath, mark, accents, ...rest }: Chosen): Brand {
  const text = `${fontFaces(rest.home)}${accents === null ? '' : accentRules(accents)}`
  return {
    ...rest,
    mark:
      logoPath === undefined ? mark : html`<img class="logo" src="${logoPath}" alt="" height="32">`,
    icon: `${rest.home}brand/icon`,
    style: text,
    contentSecurity: contentSecurity([style, text]),
  }
}

const ranges = {
  latin:
    'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD',
  arabic: 'U+0600-06FF,U+0750-077F,U+0870-088E,U+0890-0891,U+0897-08FF,U+FB50-FDFF,U+FE70-FEFC',
}

// A browser fetches a file only when a letter of its range is on the page.
function fontFaces(home: string): string {
  const face = (script: keyof typeof ranges) =>
    `@font-face{font-family:"Readex Pro";font-weight:160 700;font-display:swap;src:url("${home}brand/fonts/readex-pro-5-${script}.woff2") format("woff2");unicode-range:${ranges[script]}}`
  return `${face('latin')}${face('arabic')}`
}

function accentRules({ light, dark }: NonNullable<Chosen['accents']>): string {
  const rules = ({ colour, letters }: { colour: string; letters: string }) =>
    `:root{--accent:${colour};--accent-text:${letters};--chip:color-mix(in srgb,${colour} 14%,var(--card));--chip-text:var(--text)}`
  return `${rules(light)}@media (prefers-color-scheme:dark){${rules(dark)}}`
}
