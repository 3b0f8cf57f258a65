import { useMutation } from '@tanstack/react-query'
import { siteUrl } from '../../config/places.js'
import { answer, api } from '../../lib/api.js'
import { type BadgeTemplate, keepTemplate } from '../../lib/badge-templates.js'
import { ProblemError } from '../../lib/problem.js'

/** Sets the picture of a badge. */
export function usePicturePut(id: string) {
  return useMutation({
    mutationFn: async (picture: Blob) => {
      // The type of what is sent is read by the server, whatever the name of the file says.
      const isSvg = picture.type === 'image/svg+xml'
      await send(id, new Blob([picture], { type: isSvg ? picture.type : 'image/png' }))
      return await answer(api.GET('/api/v1/badge-templates/{id}', { params: { path: { id } } }))
    },
    onSuccess: (template: BadgeTemplate) => keepTemplate(template),
  })
}

export function usePictureRemoval(id: string) {
  return useMutation({
    mutationFn: () =>
      answer(api.DELETE('/api/v1/badge-templates/{id}/image', { params: { path: { id } } })),
    onSuccess: (template) => keepTemplate(template),
  })
}

/** The picture as the server has it; only an SVG can hold a design. */
export async function readPicture(template: BadgeTemplate): Promise<string> {
  const { id, image } = template
  const version = encodeURIComponent(image?.id ?? '')
  const answered = await fetch(`${siteUrl}/public/badges/${id}/image?format=svg&v=${version}`)
  return answered.ok ? await answered.text() : ''
}

async function send(id: string, body: Blob): Promise<void> {
  const request = {
    method: 'PUT',
    body,
    headers: { 'content-type': body.type },
    credentials: 'same-origin',
  } as const
  const response = await fetch(`${siteUrl}/api/v1/badge-templates/${id}/image`, request).catch(
    (cause: unknown) => {
      throw ProblemError.offline(cause)
    },
  )
  if (response.ok) return
  throw ProblemError.from(await response.json().catch(() => undefined), response)
}
