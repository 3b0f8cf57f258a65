import { type Appearance, toAccents } from '@rosette/contract'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { type Brand, createBrand, siteName } from '../../http/brand.js'
import { markIn, rosetteMark } from '../../http/html-icons.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { log } from '../../telemetry/log.js'
import { messageOf } from '../../telemetry/message-of.js'
import { changesOf, createAuditOf } from '../audit/audit.js'
import type { CheckedImage } from '../images/images.js'
import {
  type AppearanceRow,
  type AppearanceValues,
  findAppearance,
  lockAppearance,
  removeAppearance,
  storeLogo,
  storeValues,
} from './appearance-repository.js'

type Deps = {
  readonly db: Db
  readonly urls: PublicUrls
  readonly now: () => Date
  /** Checks, cleans and stores a picture; refuses what is none. */
  readonly storeImage: (tx: Tx, bytes: Buffer) => Promise<{ readonly id: string }>
  readonly findImage: (id: string) => Promise<CheckedImage | undefined>
}

/** Milliseconds after which a page that is asked for makes us look whether another process has changed it. */
const freshFor = 2000
/** The colour of the brand, in light and in dark, and the letters on them. */
const ownAccents = {
  light: { colour: '#3730a3', letters: '#ffffff', isAdjusted: false },
  dark: { colour: '#a5b4fc', letters: '#16163a', isAdjusted: false },
}

const audit = createAuditOf('appearance')
const subject = 'site'

/** How the site looks: the brand, and what an operator has put in its place. */
export function createAppearances({ db, urls, now, storeImage, findImage }: Deps) {
  const home = urls.local(urls.start)
  let row: AppearanceRow | undefined
  let brand = toBrand(undefined, home)
  let lookedAt = 0
  let looking: Promise<void> | undefined

  function look(): Promise<void> {
    lookedAt = performance.now()
    looking ??= findAppearance(db)
      .then((found) => {
        if (found?.updated_at !== row?.updated_at) brand = toBrand(found, home)
        row = found
      })
      .finally(() => {
        looking = undefined
      })
    return looking
  }

  /** What pages look like at the moment; never waits for the database. */
  function current(): Brand {
    if (performance.now() - lookedAt > freshFor) {
      look().catch((error) => {
        log.warn({ reason: messageOf(error) }, 'the appearance of the site could not be read')
      })
    }
    return brand
  }

  async function view(): Promise<Appearance> {
    return toView(await findAppearance(db), home)
  }

  async function change(actor: string, action: string, work: (tx: Tx) => Promise<void>) {
    await inTransaction(db, async (tx) => {
      const before = await lockAppearance(tx)
      await work(tx)
      const after = (await findAppearance(tx)) ?? {}
      const told = { organizationId: null, ...changesOf(before, after) }
      await audit(tx, subject, { actor, action, ...told })
    })
    await look()
    return await view()
  }

  return {
    brand: current,
    /** Before the first page is sent. */
    look,
    view,
    put: (values: AppearanceValues, actor: string) =>
      change(actor, 'update', (tx) => storeValues(tx, values, now().toISOString())),
    putLogo: (bytes: Buffer, actor: string) =>
      change(actor, 'set-logo', async (tx) => {
        const { id } = await storeImage(tx, bytes)
        await storeLogo(tx, id, now().toISOString())
      }),
    deleteLogo: (actor: string) =>
      change(actor, 'remove-logo', (tx) => storeLogo(tx, null, now().toISOString())),
    reset: (actor: string) => change(actor, 'reset', removeAppearance),
    logo: async (): Promise<CheckedImage | undefined> => {
      const found = await findAppearance(db)
      return found === undefined || found.logo_id === null
        ? undefined
        : await findImage(found.logo_id)
    },
    /** What a mail needs to look like the site; its addresses are absolute. */
    forMail: async () => {
      const { name, accents, logoUrl, footerText, footerLinks } = await view()
      const logo = logoUrl === null ? undefined : `${urls.base}${logoUrl.slice(home.length - 1)}`
      return { name, accent: accents.light, logo, footerText, footerLinks }
    },
  }
}

export type Appearances = ReturnType<typeof createAppearances>

function toBrand(row: AppearanceRow | undefined, home: string): Brand {
  const { name, logoUrl, chosenAccent, accents, footerText, footerLinks } = toView(row, home)
  const isOwn = chosenAccent === null
  return createBrand({
    name,
    home,
    footerText,
    footerLinks,
    logoPath: logoUrl ?? undefined,
    accents: isOwn ? null : accents,
    mark: isOwn ? rosetteMark : markIn(accents.dark.colour, accents.light.colour),
  })
}

function toView(row: AppearanceRow | undefined, home: string): Appearance {
  const { name = null, accent = null, logo_id: logoId = null } = row ?? {}
  const footerText = row?.footer_text ?? ''
  const footerLinks = [...(row?.footer_links ?? [])]
  return {
    name: name ?? siteName,
    isChanged:
      [name, accent, logoId].some((value) => value !== null) ||
      footerText !== '' ||
      footerLinks.length > 0,
    // Another picture has another address, so that the old one may be kept for good.
    logoUrl: logoId === null ? null : `${home}brand/logo?v=${logoId.slice(0, 8)}`,
    chosenAccent: accent,
    accents: accent === null ? ownAccents : toAccents(accent),
    footerText,
    footerLinks,
    updatedAt: row?.updated_at ?? null,
  }
}
