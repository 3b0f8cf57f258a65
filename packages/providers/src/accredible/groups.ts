import { z } from 'zod'
import type { CallOptions, ProviderTemplate } from '../provider.js'
import { ProviderError } from '../provider-error.js'
import { toWebAddress } from '../wire-values.js'
import type { AccredibleApi } from './api.js'
import { idSchema } from './credentials.js'
import { listPages } from './pages.js'

const looseText = z.string().nullish().catch(null)
const looseId = idSchema.nullish().catch(null)

const groupSchema = z.object({
  id: idSchema,
  name: looseText,
  course_name: looseText,
  course_description: looseText,
  learning_outcomes: z.array(z.string()).nullish().catch(null),
  primary_design_id: looseId,
  badge_design_id: looseId,
  certificate_design_id: looseId,
  design_id: looseId,
  allow_duplicate_credentials: z.boolean().nullish().catch(null),
  updated_at: looseText,
})
type Group = z.output<typeof groupSchema>

const designSchema = z.object({
  id: idSchema,
  name: looseText,
  kind: looseText,
  rasterized_content_url: looseText,
})

/** How the credentials of a group look. */
export type Design = {
  readonly id: string
  readonly name: string
  /** `badge` or `certificate`. */
  readonly kind: string | null
  readonly imageUrl: string | null
}

/** A group to be made; its credentials carry the course name. */
export type NewGroup = {
  /** For the issuer alone, and unlike that of any other group. */
  readonly name: string
  readonly courseName: string
  readonly description: string
  readonly link?: string
  readonly language?: string
  readonly badgeDesignId?: string
}

/** Groups and their designs; a group is what a template is elsewhere. */
export function createGroups(api: AccredibleApi, webBaseUrl: string) {
  const web = webBaseUrl.replace(/\/*$/, '/')

  async function* listTemplates(
    options: CallOptions = {},
  ): AsyncGenerator<readonly ProviderTemplate[]> {
    const images = new Map<string, string | null>()
    const what = 'a list of groups'
    const path = ['issuer', 'groups', 'search']
    const list = { path, what, member: 'groups', row: groupSchema }
    for await (const groups of listPages(api, list, options)) {
      const batch: ProviderTemplate[] = []
      for (const group of groups) {
        const designId = designOf(group)
        const known = designId === null ? null : images.get(designId)
        const imageUrl = known === undefined ? await findImage(designId, options) : known
        if (designId !== null) images.set(designId, imageUrl)
        batch.push(toTemplate(group, imageUrl))
      }
      yield batch
    }
  }

  async function getTemplate(id: string, options: CallOptions = {}) {
    const found = await api.find({
      method: 'GET',
      version: 'v1',
      path: ['issuer', 'groups', id],
      what: 'a look at a group',
      schema: z.object({ group: groupSchema }),
      signal: options.signal,
    })
    return found && toTemplate(found.group, await findImage(designOf(found.group), options))
  }

  /** Null for no design, or none that can be had: a template without an image is one still. */
  async function findImage(designId: string | null, { signal }: CallOptions) {
    if (designId === null) return null
    try {
      const { design } = await api.call({
        method: 'GET',
        version: 'v1',
        path: ['designs', designId],
        what: 'a look at a design',
        schema: z.object({ design: designSchema }),
        signal,
      })
      return toWebAddress(design.rasterized_content_url)
    } catch (error) {
      if (error instanceof ProviderError && error.kind === 'refused') return null
      throw error
    }
  }

  async function createGroup(group: NewGroup, options: CallOptions = {}) {
    const { group: made } = await api.call({
      method: 'POST',
      version: 'v1',
      path: ['issuer', 'groups'],
      body: {
        group: {
          name: group.name,
          course_name: group.courseName,
          course_description: group.description,
          course_link: group.link,
          language: group.language,
          badge_design_id: group.badgeDesignId,
        },
      },
      what: 'a new group',
      schema: z.object({ group: groupSchema }),
      signal: options.signal,
    })
    return toTemplate(made, null)
  }

  async function* listDesigns(options: CallOptions = {}): AsyncGenerator<readonly Design[]> {
    const what = 'a list of designs'
    const list = { path: ['designs', 'search'], what, member: 'designs', row: designSchema }
    for await (const designs of listPages(api, list, options)) {
      yield designs.map(({ id, name, kind, rasterized_content_url }) => ({
        id,
        name: name ?? '',
        kind: kind ?? null,
        imageUrl: toWebAddress(rasterized_content_url),
      }))
    }
  }

  function toTemplate(group: Group, imageUrl: string | null): ProviderTemplate {
    const id = encodeURIComponent(group.id)
    return {
      id: group.id,
      name: group.course_name || group.name || `Group ${group.id}`,
      description: group.course_description ?? '',
      imageUrl,
      url: `${web}issuer/dashboard/group/${id}/information-and-appearance`,
      // A group has no state: while it is there, it issues.
      state: 'active',
      allowsDuplicates: group.allow_duplicate_credentials ?? false,
      skills: group.learning_outcomes ?? [],
      updatedAt: group.updated_at ?? null,
    }
  }

  return { listTemplates, getTemplate, createGroup, listDesigns }
}

function designOf(group: Group): string | null {
  const { primary_design_id, badge_design_id, certificate_design_id, design_id } = group
  return primary_design_id ?? badge_design_id ?? certificate_design_id ?? design_id ?? null
}
