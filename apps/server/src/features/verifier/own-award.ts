import type { Report } from '@rosette/open-badges'
import { parsePublicId } from '../../http/public-id.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { isVouchedFor } from './verdict-line.js'

/** The id of the award of ours that a badge is, when its signature says so and not only its text. */
export function ownAwardId(report: Report, urls: PublicUrls): string | undefined {
  const { id = '' } = report.badge
  const start = [urls.assertions, urls.credentials].find((each) => id.startsWith(each))
  if (start === undefined || !isVouchedFor(report)) return undefined
  return parsePublicId(id.slice(start.length))
}
