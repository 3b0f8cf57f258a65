import { html } from '../../http/html.js'
import type { Page } from '../../http/html-page.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { awardStatus } from './award-status.js'
import { embeddedCard } from './embedded-card.js'
import type { AwardView } from './page-views.js'
import { statusLine } from './status-line.js'

type With = { readonly urls: PublicUrls; readonly now: Date }

/** The card of an award, to stand in a page of somebody else. */
export function embeddedAward(award: AwardView, { urls, now }: With): Page {
  const url = urls.assertion(award.awardId)
  const { name, issuerName, learnerName } = award
  return embeddedCard({
    name,
    issuerName,
    more: learnerName !== null && html`. Awarded to <b>${learnerName}</b>`,
    picture: `${urls.local(url)}/image?for=page`,
    status: statusLine(awardStatus(award, now), issuerName),
    url,
  })
}
