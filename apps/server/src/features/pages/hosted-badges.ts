import type { Db } from '../../db/database.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { toAssertion, toBadgeClass, toIssuer } from './hosted-documents.js'
import type { HostedForm } from './hosted-form.js'
import { toAssertionV1, toBadgeClassV1, toIssuerV1 } from './hosted-v1-documents.js'
import {
  type AwardView,
  type BadgeView,
  findIssuerView,
  type IssuerProfileView,
} from './page-views.js'

type Deps = { readonly db: Db; readonly urls: PublicUrls }
type Badge = Omit<BadgeView, 'earned' | 'state'>

/** Hosted documents in the version that is asked for, with what is to stand in them whole. */
export function createHostedBadges({ db, urls }: Deps) {
  const issuer = (view: IssuerProfileView, { version }: HostedForm): object =>
    version === '1_1' ? toIssuerV1(view, urls) : toIssuer(view, urls)

  async function badge(view: Badge, form: HostedForm, path = 'issuer'): Promise<object> {
    const { version, expand } = form
    const document = version === '1_1' ? toBadgeClassV1(view, urls) : toBadgeClass(view, urls)
    if (!expand.has(path)) return document
    const found = await findIssuerView(db, view.issuerId)
    return found === undefined ? document : { ...document, issuer: issuer(found, form) }
  }

  async function award(view: AwardView, signedText: string, form: HostedForm): Promise<object> {
    const { version, expand } = form
    const document =
      version === '1_1'
        ? toAssertionV1(view, signedText, urls)
        : toAssertion(view, signedText, urls)
    if (!expand.has('badge') && !expand.has('badge.issuer')) return document
    return { ...document, badge: await badge(view, form, 'badge.issuer') }
  }

  return { issuer, badge, award }
}

/** The form as one word, for what is remembered; what is asked for beside it makes no difference. */
export function formKey({ version, expand }: HostedForm): string {
  const known = ['issuer', 'badge', 'badge.issuer'].filter((name) => expand.has(name))
  return [version, ...known].join(' ')
}
