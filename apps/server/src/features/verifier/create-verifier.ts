import { type Report, verifyCredential } from '@rosette/open-badges'
import type { PublicUrls } from '../../http/public-urls.js'
import { countVerification } from '../../telemetry/events.js'
import { toBadgeAddress } from './badge-address.js'
import { findPicture } from './badge-pictures.js'
import { decisiveCheck } from './decisive-check.js'
import { type Asked, type FetchElsewhere, type Inquiry, openInquiry } from './inquiry.js'
import type { Submission } from './submission.js'
import type { Answer } from './to-document.js'
import { createTurns, type Visitor } from './turns.js'

type Deps = {
  readonly urls: PublicUrls
  readonly here: (url: string) => Promise<Answer> | undefined
  readonly elsewhere: FetchElsewhere
  readonly now: () => Date
  /** Told of each report that somebody asked for. */
  readonly verified?: (report: Report) => void
}

/** What was found out about a badge, with what a page shows beside it. */
export type Findings = {
  readonly report: Report
  readonly asked: readonly Asked[]
  /** A data URI. */
  readonly picture: string | undefined
  /** Where an address was given, what it answered. */
  readonly served: Answer | undefined
}

type Checked = { readonly report: Report; readonly inquiry: Inquiry }

const mostAddresses = 40
const withinMs = 25_000

/** Verifies badges of anybody, a few at a time; keeps and logs nothing of them. */
export function createVerifier({ urls, here, elsewhere, now, verified }: Deps) {
  const inTurn = createTurns({ atOnce: 4, waiting: 60, eachAtOnce: 2, eachWaiting: 15 })
  const limits = { most: mostAddresses, withinMs }
  const open = ({ signal, isFresh }: Partial<Visitor> = {}) =>
    openInquiry({ here, elsewhere, ...limits, signal, isFresh })

  async function check({ badge, recipient }: Submission, visitor?: Visitor): Promise<Checked> {
    const given = typeof badge === 'string' ? toBadgeAddress(badge, urls) : badge
    const checkWith = async (inquiry: Inquiry): Promise<Checked> => {
      const { documents } = inquiry
      const report = await verifyCredential(given, { documents, now: now(), recipient })
      return { report, inquiry }
    }
    const first = await checkWith(open(visitor))
    // The issuer may have got the key since it was asked for somebody else.
    const isOutdated = visitor?.isFresh !== true && hasStrangeKey(first.report)
    const checked = isOutdated ? await checkWith(open({ ...visitor, isFresh: true })) : first
    countVerification(checked.report.verdict)
    return checked
  }

  return {
    /** The report alone, for programs; throws `overloaded`. */
    verify: (submission: Submission, visitor: Visitor) =>
      inTurn(async () => {
        const { report } = await check(submission, visitor)
        verified?.(report)
        return report
      }, visitor),

    /** The report, and the sentence of the check that decided; throws `overloaded`. */
    judge: async (badge: unknown) => {
      const { report } = await inTurn(() => check({ badge }))
      return { report, reason: decisiveCheck(report)?.message }
    },

    /** The report with a picture, for people; throws `overloaded`. */
    examine: (submission: Submission, visitor: Visitor): Promise<Findings> =>
      inTurn(async () => {
        const { report, inquiry } = await check(submission, visitor)
        verified?.(report)
        const { image } = report.badge
        const asked = inquiry.asked()
        const picture = await findPicture({ badge: submission.badge, image }, inquiry)
        return { report, asked, picture, served: inquiry.first() }
      }, visitor),
  }
}

export type Verifier = ReturnType<typeof createVerifier>

function hasStrangeKey({ checks }: Report): boolean {
  return checks.some(({ error }) => error === 'ERR_OB_KEY_NOT_BOUND')
}
