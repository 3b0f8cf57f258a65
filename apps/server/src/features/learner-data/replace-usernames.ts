import { type Db, inTransaction } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import type { createErasure } from './erase-learner.js'
import type { createRenaming } from './rename-learner.js'
import { findByUsername } from './rename-repository.js'

type Deps = { readonly db: Db } & Pick<ReturnType<typeof createErasure>, 'retire'> &
  Pick<ReturnType<typeof createRenaming>, 'rename'>

type Mapping = Readonly<Record<string, string>>

/** What the LMS calls those who are retired, unless its operator has chosen otherwise. */
const retiredPrefix = 'retired__'

/**
 * Does what the scripts of Open edX ask of its Credentials service: the same address, the same answers. A
 * name that nobody has here counts as replaced, as it does there, so that a pipeline may be run again.
 */
export function createUsernameReplacement({ db, retire, rename }: Deps) {
  async function replaceOne(current: string, desired: string, actor: string): Promise<boolean> {
    if (desired.startsWith(retiredPrefix)) {
      await retire({ username: current }, actor)
      return true
    }
    const learners = await inTransaction(db, (tx) => findByUsername(tx, current))
    try {
      for (const id of learners) await rename(id, { username: desired }, actor)
      return true
    } catch (error) {
      if (error instanceof AppError) return false
      throw error
    }
  }

  return async (mappings: readonly Mapping[], actor: string) => {
    const successful: Mapping[] = []
    const failed: Mapping[] = []
    for (const [current, desired] of mappings.flatMap((mapping) => Object.entries(mapping))) {
      const isDone = await replaceOne(current, desired, actor)
      ;(isDone ? successful : failed).push({ [current]: desired })
    }
    return { successful_replacements: successful, failed_replacements: failed }
  }
}
