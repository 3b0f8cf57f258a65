import type { Pathway } from '@rosette/contract'
import type { Db } from '../../db/database.js'
import type { PublicUrls } from '../../http/public-urls.js'
import type { Backpack } from './create-backpack.js'
import { heldTemplates, publicPathwaysWith } from './on-the-way-views.js'

type Deps = {
  readonly db: Db
  readonly urls: PublicUrls
  readonly findPathway: (id: string) => Promise<Pathway | undefined>
  readonly backpack: Pick<Backpack, 'begun'>
}

/** The published maps on which a person has got somewhere. */
export function createOwnPathways({ db, urls, findPathway, backpack }: Deps) {
  return async function listPathways(userId: string) {
    const [held, begun] = await Promise.all([heldTemplates(db, userId), backpack.begun(userId)])
    const ratios = new Map<string, number>()
    for (const { template, ratio } of begun) {
      ratios.set(template.id, Math.max(ratio, ratios.get(template.id) ?? 0))
    }
    const ids = await publicPathwaysWith(db, [...new Set([...held, ...ratios.keys()])])
    const maps = await Promise.all(ids.map(findPathway))
    return maps.flatMap((map) => (map === undefined ? [] : [toOwn(map, { held, ratios })]))
  }

  function toOwn(
    { id, name, description, publicUrl, badges, links }: Pathway,
    { held, ratios }: Standing,
  ) {
    // A draft on the map is nobody's business yet.
    const shown = badges.filter(({ template }) => template.state !== 'draft')
    const onMap = new Set(shown.map(({ template }) => template.id))
    return {
      id,
      name,
      description,
      publicUrl,
      badges: shown.map(({ template, level }) => ({
        templateId: template.id,
        name: template.name,
        level,
        pictureUrl: `${urls.local(urls.badge(template.id))}/image?for=page`,
        publicUrl: urls.badge(template.id),
        ...standingOf(template.id, { held, ratios }),
      })),
      links: links.flatMap(({ from, to }) =>
        onMap.has(from) && onMap.has(to) ? [{ from, to }] : [],
      ),
    }
  }
}

export type OwnPathways = ReturnType<typeof createOwnPathways>

type Standing = {
  readonly held: ReadonlySet<string>
  readonly ratios: ReadonlyMap<string, number>
}

function standingOf(id: string, { held, ratios }: Standing) {
  if (held.has(id)) return { standing: 'held' as const, ratio: 1 }
  const ratio = ratios.get(id)
  if (ratio === undefined) return { standing: 'open' as const, ratio: 0 }
  return { standing: 'on-the-way' as const, ratio }
}
