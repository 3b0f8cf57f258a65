import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Db } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { sendPage } from '../../http/html-page.js'
import type { HttpServer } from '../../http/http-server.js'
import { answerError, toAppError, toProblem } from '../../http/problem.js'
import { queryOf } from '../../http/public-answers.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { type AwardView, awardStatus, findAwardView } from '../pages/pages.js'
import { isWebAddress, toBadgeAddress } from './badge-address.js'
import type { Findings, Verifier } from './create-verifier.js'
import { type Content, describeContent, webPage } from './describe-content.js'
import { ownAwardId } from './own-award.js'
import { readSubmission, type Submission } from './submission.js'
import { examinedPage, verifyPage } from './verify-page.js'
import { visitorOf } from './visitor-limit.js'

type Deps = {
  readonly db: Db
  readonly urls: PublicUrls
  readonly verifier: Verifier
  readonly now: () => Date
  readonly limit: (request: FastifyRequest, reply: FastifyReply) => Promise<void>
}

/** The page where anybody checks any badge; works without script. */
export function verifyPageRoutes(scope: HttpServer, deps: Deps): void {
  const { urls, limit } = deps
  scope.setErrorHandler((error, request, reply) => sayWhyNot(urls, { error, request, reply }))

  scope.get('/verify', async (request, reply) => {
    const link = toBadgeAddress(queryOf(request, 'url') ?? '', urls)
    if (link === '') return sendPage(reply, verifyPage({ urls }))
    await limit(request, reply)
    if (!isWebAddress(link)) throw new AppError('request-invalid', noLink)
    return await examine({ request, reply }, { badge: link }, deps)
  })

  scope.post('/verify', { onRequest: limit }, async (request, reply) => {
    const { badge, ...more } = await readSubmission(request)
    if (badge === undefined) throw new AppError('request-invalid', nothingGiven)
    return await examine({ request, reply }, { badge, ...more }, deps)
  })
}

const nothingGiven =
  'Nothing was given, or the file was empty. Choose a file, or paste a link or the text of a badge.'
const noLink = 'A link to a badge begins with https://. Paste it whole, or choose the file.'

type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply }

async function examine({ request, reply }: Exchange, submission: Submission, deps: Deps) {
  const { urls, verifier, now } = deps
  const findings = await verifier.examine(submission, visitorOf(request, reply))
  const award = await awardBehind(findings, deps)
  const { badge, recipient, isBoth } = submission
  const address = typeof badge === 'string' ? toBadgeAddress(badge, urls) : ''
  const examined = examinedPage({
    ...findings,
    urls,
    award,
    status: award && awardStatus(award, now()),
    link: isWebAddress(address) ? address : undefined,
    recipient: typeof recipient === 'string' ? recipient : undefined,
    content: contentOf(findings, badge),
    text: typeof badge === 'string' ? badge : undefined,
    isBoth,
  })
  return sendPage(reply, examined)
}

function contentOf({ asked: [first] }: Findings, badge: unknown): Content | undefined {
  if (first === undefined) return describeContent(badge)
  return first.type?.includes('html') ? webPage : undefined
}

async function awardBehind(
  { report }: Findings,
  { db, urls }: Deps,
): Promise<AwardView | undefined> {
  const awardId = ownAwardId(report, urls)
  return awardId === undefined ? undefined : findAwardView(db, awardId)
}

type Failed = Exchange & { readonly error: unknown }

/** Whatever keeps us from checking is said above the form, so that one can go on. */
function sayWhyNot(urls: PublicUrls, { error, request, reply }: Failed) {
  const refusal = toAppError(error)
  if (refusal.code === 'internal') return answerError(error, request, reply)
  const { status, title } = toProblem(refusal)
  const text = queryOf(request, 'url')
  return sendPage(reply.code(status), verifyPage({ urls, problem: title, text }))
}
