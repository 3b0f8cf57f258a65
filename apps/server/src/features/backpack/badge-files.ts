import { bake } from '@rosette/open-badges'
import type { Db } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import type { Credentials } from '../credentials/credentials.js'
import type { Images, Picture } from '../images/images.js'
import { awardOf, fileName } from '../pages/pages.js'
import { findEntryContent } from './backpack-repository.js'
import { type BadgeForm, formsOf, isJwt } from './badge-forms.js'
import type { BadgeRow } from './badge-views.js'
import { badgeOr404 } from './change-badges.js'
import { findDetail } from './detail-views.js'
import { standingOf } from './to-badge.js'

type Deps = {
  readonly db: Db
  readonly now: () => Date
  readonly images: Pick<Images, 'asPng' | 'asSvg'>
  readonly credentials: Pick<Credentials, 'jwt'>
  /** A certificate on paper. */
  readonly pdfOf: (id: string, whom: { readonly isForLearner: boolean }) => Promise<Buffer>
}

export type BadgeFile = {
  readonly name: string
  readonly type: string
  readonly body: Buffer
}

const types = {
  png: 'image/png',
  svg: 'image/svg+xml',
  json: 'application/json',
  jwt: 'application/vc+jwt',
  pdf: 'application/pdf',
} as const satisfies Record<BadgeForm, string>

/** Badges as files, in the forms in which a learner takes them along: private ones too. */
export function createBadgeFiles({ db, now, images, credentials, pdfOf }: Deps) {
  async function file(userId: string, id: string, form: BadgeForm): Promise<BadgeFile> {
    const badge = await badgeOr404(db, userId, id)
    const forms = formsOf(badge, await findDetail(db, badge), now())
    if (!forms.includes(form)) throw noForm(badge, { form, forms, reason: reasonOf(badge) })
    const body = form === 'pdf' ? await pdfOf(id, { isForLearner: true }) : await make(badge, form)
    return { name: `${fileName(badge.name)}.${form}`, type: types[form], body }
  }

  async function make(badge: BadgeRow, form: Exclude<BadgeForm, 'pdf'>): Promise<Buffer> {
    return badge.origin === 'earned' ? await earned(badge.id, form) : await imported(badge, form)
  }

  async function earned(id: string, form: Exclude<BadgeForm, 'pdf'>): Promise<Buffer> {
    const award = await awardOf(db, id)
    const { signedText, templateId: seed, name, imageId } = award
    const text = form === 'jwt' ? await credentials.jwt(id) : (signedText ?? undefined)
    if (text === undefined) throw new AppError('conflict', 'This badge is not signed yet.')
    if (form === 'json' || form === 'jwt') return Buffer.from(text)
    return await baked({ kind: 'badge', seed, name, imageId }, text, form)
  }

  // A file that is there is given as it came, byte for byte.
  async function imported(
    { id, name }: BadgeRow,
    form: Exclude<BadgeForm, 'pdf'>,
  ): Promise<Buffer> {
    const { content, contentType, text, sourceUrl, pictureId } = await findEntryContent(db, id)
    if (contentType === types[form]) return content
    if (form === 'json' || form === 'jwt') return Buffer.from(text)
    const picture = { kind: 'badge' as const, seed: id, name, imageId: pictureId }
    return await baked(picture, bakeable(text, sourceUrl), form)
  }

  async function baked(picture: Picture, text: string, form: 'png' | 'svg'): Promise<Buffer> {
    const image =
      form === 'svg' ? Buffer.from(await images.asSvg(picture)) : await images.asPng(picture)
    return Buffer.from(bake(image, text))
  }

  function reasonOf(badge: BadgeRow): string {
    return standingOf(badge, now()).reason ?? ''
  }

  return { file }
}

export type BadgeFiles = ReturnType<typeof createBadgeFiles>

// Before 1.1 a badge did not say where it is hosted: in a picture its address stands for it.
function bakeable(text: string, sourceUrl: string | null): string {
  if (sourceUrl === null || isJwt(text)) return text
  return /"(?:id|@context)"\s*:/.test(text.slice(0, 20_000)) ? text : sourceUrl
}

function noForm(
  { name }: BadgeRow,
  { form, forms, reason }: { form: BadgeForm; forms: readonly BadgeForm[]; reason: string },
): AppError {
  const others =
    forms.length === 0 ? 'There is no file of it now.' : `There is ${forms.join(', ')}.`
  const message = `"${name}" cannot be had as ${form.toUpperCase()}. ${others} ${reason}`
  return new AppError('conflict', message.trim())
}
