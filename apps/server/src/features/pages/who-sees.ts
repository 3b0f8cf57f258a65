import type { Visibility } from '@rosette/contract/backpack'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Db } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { isAwardOf } from './own-award-views.js'

const shownToNobody =
  'The learner shows this badge to nobody. Ask them for it, if you should see it.'

export type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply }
type Seen = {
  readonly visibility: Visibility
  readonly isOwner: (userId: string) => Promise<boolean>
}

/**
 * For everything that people look at: throws `not-found` where a learner shows a badge to nobody, unless it
 * is the learner who asks, known by the session. Documents that programs check a badge by are not behind it.
 */
export async function assertShown(
  { request, reply }: Exchange,
  { visibility, isOwner }: Seen,
): Promise<void> {
  if (visibility !== 'private') return
  // What one reader gets, nobody may keep for another.
  reply.headers({ 'cache-control': 'private, no-store', vary: 'Accept, User-Agent, Cookie' })
  const { actor, sessionId } = request
  const isPerson = actor?.kind === 'user' && sessionId !== null
  if (isPerson && (await isOwner(actor.id))) return
  throw new AppError('not-found', shownToNobody)
}

type Award = { readonly awardId: string; readonly visibility: Visibility }

/** The same for an award, which is of whoever has proven to read its learner's mail. */
export async function assertAwardShown(exchange: Exchange, award: Award, db: Db): Promise<void> {
  const { awardId, visibility } = award
  const isOwner = (userId: string) => isAwardOf(db, { awardId, userId })
  await assertShown(exchange, { visibility, isOwner })
}
