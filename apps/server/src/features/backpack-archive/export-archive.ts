import type { BackpackBadge } from '@rosette/contract/backpack'
import type { Db } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import type { PublicUrls } from '../../http/public-urls.js'
import type { Backpack, BadgeFiles } from '../backpack/backpack.js'
import type { Collections } from '../collections/collections.js'
import { fileName } from '../pages/pages.js'
import { findOrigin, findPerson } from './archive-views.js'
import { type Manifest, manifestFormat } from './manifest.js'
import { type Packed, pack } from './pack.js'

export type ExportDeps = {
  readonly db: Db
  readonly urls: PublicUrls
  readonly now: () => Date
  readonly backpack: Pick<Backpack, 'list' | 'get'>
  readonly files: BadgeFiles
  readonly collections: Pick<Collections, 'list' | 'get'>
}

type Listed = Manifest['badges'][number] & { readonly id: string }

/** Everything of a person in one archive, written while it is read: any number of badges fits. */
export function createArchiveExport(deps: ExportDeps) {
  const { backpack, files } = deps

  async function* entries(userId: string): AsyncGenerator<Packed> {
    yield { name: 'README.txt', bytes: Buffer.from(readme) }
    const listed: Listed[] = []
    for await (const badge of allBadges(userId)) {
      const base = `${fileName(badge.name)}-${listed.length + 1}`
      const found = await filesOf(userId, badge, base)
      yield* found
      const [text, image] = [/^badges\//, /^images\//].map((place) =>
        found.find(({ name }) => place.test(name)),
      )
      listed.push({
        ...factsOf(badge),
        files: { ...(text && { badge: text.name }), ...(image && { image: image.name }) },
        address: badge.origin === 'imported' ? await addressOf(badge.id) : null,
      })
    }
    const bytes = Buffer.from(JSON.stringify(await describe(userId, listed), null, 2))
    yield { name: 'manifest.json', bytes }
  }

  async function* allBadges(userId: string): AsyncGenerator<BackpackBadge> {
    for (let cursor: string | undefined; ; ) {
      const page = await backpack.list(userId, { show: 'all', limit: 100, cursor })
      yield* page.items
      if (page.next === null) return
      cursor = page.next
    }
  }

  async function filesOf(userId: string, { id }: BackpackBadge, base: string): Promise<Packed[]> {
    const { forms } = await backpack.get(userId, id)
    const text = forms.includes('json') ? 'json' : 'jwt'
    const wanted = [
      { form: text, name: `badges/${base}.${text}` },
      { form: 'png', name: `images/${base}.png` },
      { form: 'svg', name: `images/${base}.svg` },
    ] as const
    const found: Packed[] = []
    for (const { form, name } of wanted.filter((one) => forms.includes(one.form))) {
      const bytes = await fileIfAny(userId, id, form)
      if (bytes !== undefined) found.push({ name, bytes })
    }
    return found
  }

  // A picture that cannot be drawn, or a badge that is gone meanwhile, must not cost all others.
  async function fileIfAny(userId: string, id: string, form: 'json' | 'jwt' | 'png' | 'svg') {
    try {
      return (await files.file(userId, id, form)).body
    } catch (error) {
      if (error instanceof AppError) return undefined
      throw error
    }
  }

  // Where alone a badge can be verified that does not say itself where it is hosted.
  async function addressOf(id: string): Promise<string | null> {
    const { kind = '', text = '', sourceUrl = null } = (await findOrigin(deps.db, id)) ?? {}
    if (!/^Assertion (0\.5|1\.0)$/.test(kind) || !text.startsWith('{')) return null
    return 'id' in JSON.parse(text) ? null : sourceUrl
  }

  async function describe(userId: string, listed: readonly Listed[]) {
    const placeOf = new Map(listed.map(({ id }, place) => [id, place]))
    const own = await deps.collections.list(userId)
    const collections: Manifest['collections'] = []
    for (const { id } of own) {
      const { name, description, badges } = await deps.collections.get(userId, id)
      const places = badges.flatMap(({ badge, note }) => {
        const place = placeOf.get(badge.id)
        return place === undefined ? [] : [{ badge: place, note }]
      })
      collections.push({ name, description, badges: places })
    }
    const createdAt = deps.now().toISOString()
    const person = await findPerson(deps.db, userId)
    const about = { format: manifestFormat, version: 1, createdAt, site: deps.urls.base, person }
    return { ...about, badges: listed, collections }
  }

  return (userId: string) => pack(entries(userId))
}

function factsOf(badge: BackpackBadge) {
  const { id, name, origin, issuer, status, awardedAt, expiresAt } = badge
  const { visibility, showsName, isHidden } = badge
  const facts = { id, name, origin, issuer, status, awardedAt, expiresAt }
  return { ...facts, visibility, showsName, isHidden }
}

const readme = `This is a backpack of digital badges.

badges/        each badge as it was signed: JSON, or a JWT. This is what verifies, and what to keep.
images/        the same badges inside pictures, which can be shown and shared.
manifest.json  what the files are, how each badge was shown, and the collections.

To take them along, import the whole archive at another Rosette ("Import" in the backpack), or
single files from badges/ or images/ at any platform that knows Open Badges.
`
