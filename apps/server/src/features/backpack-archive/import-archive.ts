import type { ImportResult } from '@rosette/contract/backpack'
import { type Db, inTransaction } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { type Backpack, type BadgeImports, type Person, toResult } from '../backpack/backpack.js'
import type { Collections } from '../collections/collections.js'
import { holdArchive } from './archive-repository.js'
import { type Manifest, type ManifestBadge, parseManifest } from './manifest.js'
import { type Unpacked, unpack } from './unpack.js'

export type ArchiveImportDeps = {
  readonly db: Db
  readonly backpack: Pick<Backpack, 'find' | 'update'>
  readonly importBadge: BadgeImports['importBadge']
  readonly collections: Pick<Collections, 'list' | 'create'>
}

const mostBadges = 500
/** Unpacked archives in memory. */
const mostAtOnce = 2

/** Takes in an archive: each badge by the same door as one that comes alone. */
export function createArchiveImport({ db, backpack, importBadge, collections }: ArchiveImportDeps) {
  const busy = new Set<string>()

  /** Importing the same archive again changes nothing. Throws `archive-refused` and `overloaded`. */
  async function importArchive(person: Person, zip: Uint8Array, signal?: AbortSignal) {
    // One of a person at a time, as far as this process knows.
    if (busy.has(person.id) || busy.size >= mostAtOnce) throw tooBusy(busy.has(person.id))
    busy.add(person.id)
    try {
      const files = await unpack(zip)
      const manifest = manifestIn(files)
      const wanted = manifest === undefined ? badgesIn(files) : listedBadges(manifest, files)
      if (wanted.length === 0) throw noBadges()
      if (wanted.length > mostBadges) throw tooMany(wanted.length)
      const { items, ids } = await importAll(person, wanted, signal)
      // Of two in different processes the second finds the collections of the first.
      const made = await inTransaction(db, async (tx) => {
        await holdArchive(tx, person.id)
        return await recreate(person, manifest, ids)
      })
      return { items, collections: made }
    } finally {
      busy.delete(person.id)
    }
  }

  // One after the other: badges of one issuer share what is asked for them.
  async function importAll(person: Person, wanted: readonly Wanted[], signal?: AbortSignal) {
    const items: ImportResult[] = []
    const ids = new Map<number, string>()
    for (const { place, name, content, shown } of wanted) {
      if (signal?.aborted === true) throw hasLeft()
      const given = { content, source: 'archive' as const, name, signal }
      const imported = await importBadge(person.id, given)
      const id = imported.entryId ?? imported.awardId
      if (id !== null) ids.set(place, id)
      if (imported.outcome === 'kept' && imported.entryId !== null && shown !== undefined) {
        await backpack.update(person, imported.entryId, shown)
      }
      const result = await toResult(imported, { userId: person.id, backpack })
      items.push(result.outcome === 'refused' ? result : { ...result, report: null })
    }
    return { items, ids }
  }

  /** Those whose name the person has not; how many were made. */
  async function recreate(
    person: Person,
    manifest: Manifest | undefined,
    ids: ReadonlyMap<number, string>,
  ): Promise<number> {
    const names = new Set((await collections.list(person.id)).map(({ name }) => name))
    let made = 0
    for (const { name, description, badges } of manifest?.collections ?? []) {
      const items = itemsOf(badges, ids)
      if (names.has(name) || (items.length === 0 && badges.length > 0)) continue
      names.add(name)
      await collections.create(person, { name, description, badges: items })
      made += 1
    }
    return made
  }

  return importArchive
}

type Wanted = {
  readonly place: number
  readonly name: string
  readonly content: Uint8Array | string
  readonly shown?: Pick<ManifestBadge, 'visibility' | 'showsName' | 'isHidden'>
}

// Packing a folder puts its name before everything in it.
function manifestIn(files: readonly Unpacked[]): Manifest | undefined {
  const [file] = files.filter(({ name }) => /^([^/]+\/)?manifest\.json$/.test(name))
  return file && parseManifest(file.bytes)
}

function listedBadges({ badges }: Manifest, files: readonly Unpacked[]): readonly Wanted[] {
  const byName = new Map(files.map(({ name, bytes }) => [name, bytes]))
  const folder = /^([^/]+\/)manifest\.json$/
  const [prefix = ''] = files.flatMap(({ name }) => folder.exec(name)?.[1] ?? [])
  return badges.flatMap(({ name, files: own, address, visibility, showsName, isHidden }, place) => {
    const bytes = [own.badge, own.image].map((path) => byName.get(`${prefix}${path ?? ''}`))
    const content = address ?? bytes.find((one) => one !== undefined)
    const shown = { visibility, showsName, isHidden }
    return content === undefined ? [] : [{ place, name: name.slice(0, 300), content, shown }]
  })
}

// The same badge often lies there as text and inside a picture; whichever comes second is found there.
function badgesIn(files: readonly Unpacked[]): readonly Wanted[] {
  return files
    .filter(({ name }) => /\.(png|svg|json|jsonld|jwt|jws)$/i.test(name))
    .filter(({ name }) => !/(^|\/)manifest\.json$/i.test(name))
    .map(({ name, bytes }, place) => ({ place, name, content: bytes }))
}

function itemsOf(
  badges: Manifest['collections'][number]['badges'],
  ids: ReadonlyMap<number, string>,
) {
  const items = badges.flatMap(({ badge, note }) => {
    const badgeId = ids.get(badge)
    return badgeId === undefined ? [] : [{ badgeId, note }]
  })
  return items.filter(({ badgeId }, at) => items.findIndex((i) => i.badgeId === badgeId) === at)
}

function noBadges(): AppError {
  const remedy = 'Give an archive with files of badges: PNG, SVG, JSON or JWT.'
  return new AppError('archive-refused', `There is no badge in this archive. ${remedy}`)
}

function tooMany(count: number): AppError {
  const message = `The archive holds ${count} badges, and ${mostBadges} are taken in at once. Import them in several archives.`
  return new AppError('archive-refused', message)
}

function tooBusy(isOwn: boolean): AppError {
  const message = isOwn
    ? 'Another archive of yours is being taken in. Wait until that is done.'
    : 'Other archives are being taken in at this moment. Try again in a minute.'
  return new AppError('overloaded', message)
}

// Nobody reads it.
function hasLeft(): AppError {
  return new AppError('request-invalid', 'Whoever asked has left.')
}
