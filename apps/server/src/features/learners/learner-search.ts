import { type SqlBool, sql } from 'kysely'
import { likeText } from '../../http/paging.js'

/**
 * Whether the joined `learner` is one who is searched for: by the beginning of the user name or the e-mail
 * address, a part of the name, or the whole LMS user id.
 */
export function isFoundLearner(search: string) {
  const text = likeText(search.trim().toLowerCase())
  const number = /^\d{1,15}$/.test(search.trim()) ? Number(search) : null
  return sql<SqlBool>`(lower(learner.username) like ${`${text}%`}
    or lower(learner.email) like ${`${text}%`} or lower(learner.name) like ${`%${text}%`}
    or learner.lms_user_id = ${number}::bigint)`
}
