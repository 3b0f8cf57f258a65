import type { TemplateVersion, TemplateVersionDetail } from '@rosette/contract'
import type { Selectable } from 'kysely'
import type { Db } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'
import { readCursor, toPage } from '../../http/paging.js'
import { findTemplate, templateNotFound, versionNotFound } from '../templates/templates.js'
import { changesBetween } from './changes-between.js'

type Row = Selectable<Schema['template_version']>
type Page = { readonly limit: number; readonly cursor?: string | undefined }

/** What screens ask about the versions of badge templates. */
export function createVersionViews({ db }: { readonly db: Db }) {
  async function list(templateId: string, { limit, cursor }: Page) {
    await assertThere(templateId)
    const after = readCursor(cursor, ['number'])
    const below = after === undefined ? maxNumber : Number(after[0])
    // One more than is shown: the oldest of the page is compared with it.
    const found = await select(db, templateId, { below, most: limit + 1 })
    const { rows, next } = toPage(found, limit, (row) => [row.number])
    const latest = await latestNumber(db, templateId)
    return { items: rows.map((row, i) => toView(row, found[i + 1], latest)), next }
  }

  async function get(templateId: string, number: number): Promise<TemplateVersionDetail> {
    await assertThere(templateId)
    const [row, previous] = await select(db, templateId, { below: number + 1, most: 2 })
    if (row?.number !== number) throw versionNotFound(number)
    const latest = await latestNumber(db, templateId)
    const { providerTemplateId, ...snapshot } = row.snapshot
    return { ...toView(row, previous, latest), snapshot: { ...snapshot, providerTemplateId } }
  }

  /** The id of the picture of a version, null where it has none. */
  async function imageOf(templateId: string, number: number): Promise<string | null> {
    await assertThere(templateId)
    const [row] = await select(db, templateId, { below: number + 1, most: 1 })
    if (row?.number !== number) throw versionNotFound(number)
    return row.image_id
  }

  async function assertThere(templateId: string): Promise<void> {
    if ((await findTemplate(db, templateId)) === undefined) throw templateNotFound(templateId)
  }

  return { list, get, imageOf }
}

export type VersionViews = ReturnType<typeof createVersionViews>

const maxNumber = 2 ** 31 - 1

function toView(row: Row, previous: Row | undefined, latest: number): TemplateVersion {
  return {
    number: row.number,
    at: row.at,
    actor: row.actor,
    action: row.action,
    hasImage: row.image_id !== null,
    isCurrent: row.number === latest,
    changes: previous === undefined ? [] : changesBetween(previous, row),
  }
}

async function select(
  db: Db,
  templateId: string,
  { below, most }: { readonly below: number; readonly most: number },
): Promise<Row[]> {
  return await db
    .selectFrom('template_version')
    .selectAll()
    .where('template_id', '=', templateId)
    .where('number', '<', below)
    .orderBy('number', 'desc')
    .limit(most)
    .execute()
}

async function latestNumber(db: Db, templateId: string): Promise<number> {
  const row = await db
    .selectFrom('template_version')
    .select((eb) => eb.fn.max<number | null>('number').as('number'))
    .where('template_id', '=', templateId)
    .executeTakeFirst()
  return row?.number ?? 0
}
