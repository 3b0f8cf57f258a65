import type { QueryClient } from '@tanstack/react-query'
import { siteUrl } from '../../config/places.js'
import { answer, api } from '../../lib/api.js'
import { type Appearance, appearanceQuery } from '../../lib/appearance.js'
import { ProblemError } from '../../lib/problem.js'

export type Values = {
  name: string
  accent: string
  footerText: string
  footerLinks: { label: string; url: string }[]
}

export function toValues(appearance: Appearance): Values {
  const { name, isChanged, chosenAccent, footerText, footerLinks } = appearance
  return {
    name: isChanged && name !== 'Rosette' ? name : '',
    accent: chosenAccent ?? '',
    footerText,
    footerLinks: footerLinks.map((link) => ({ ...link })),
  }
}

export function putAppearance({ name, accent, ...footer }: Values): Promise<Appearance> {
  const body = {
    name: name.trim() === '' ? null : name.trim(),
    accent: accent === '' ? null : accent,
    ...footer,
  }
  return answer(api.PUT('/api/v1/appearance', { body }))
}

export function resetAppearance(): Promise<Appearance> {
  return answer(api.DELETE('/api/v1/appearance'))
}

export function deleteLogo(): Promise<Appearance> {
  return answer(api.DELETE('/api/v1/appearance/logo'))
}

/** The picture itself is the body, which the typed client has no words for. */
export async function putLogo(file: File): Promise<void> {
  const headers = { 'content-type': file.type === 'image/png' ? 'image/png' : 'image/svg+xml' }
  const request = { method: 'PUT', body: file, headers, credentials: 'same-origin' } as const
  const response = await fetch(`${siteUrl}/api/v1/appearance/logo`, request).catch(
    (cause: unknown) => {
      throw ProblemError.offline(cause)
    },
  )
  if (response.ok) return
  throw ProblemError.from(await response.json().catch(() => undefined), response)
}

/** Shows at once what has been stored. */
export function show(queries: QueryClient, appearance: Appearance): void {
  queries.setQueryData(appearanceQuery.queryKey, appearance)
}
