import { type ProviderKind, providerNames } from '@rosette/providers'
import { toIri } from '../../http/badge-text.js'

export type Elsewhere = {
  readonly provider: ProviderKind
  readonly url: string | null
  /** It was taken back, by us or at the provider. */
  readonly isOver: boolean
}

/** Why there is no document of ours for a badge that a provider issues, and where it is instead. */
export function elsewhere({ provider, url, isOver }: Elsewhere): string {
  const name = providerNames[provider]
  if (isOver) return `This badge was issued through ${name}, and has been taken back.`
  const address = url === null ? undefined : toIri(url)
  if (address === undefined) {
    return `This badge is issued through ${name}, so there is no document of it here.`
  }
  return `This badge is issued through ${name} and lives there: ${address}`
}
