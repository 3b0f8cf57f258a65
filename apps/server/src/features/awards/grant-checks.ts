import { EVERY } from '@rosette/engine'
import type { Db, Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import type { StoredTemplate } from '../templates/templates.js'
import type { AwardEvent } from './award-events.js'
import type { Consequences } from './carry-out.js'

/** What deciding about awards by hand needs. */
export type AwardDeps = {
  readonly db: Db
  readonly consequences: Consequences
  readonly now: () => Date
  /** Other badges may be built on this one: the rules hold still, then learn of the change. */
  readonly reaction: {
    prepare(tx: Tx): Promise<void>
    react(tx: Tx, events: readonly AwardEvent[]): Promise<void>
  }
}

/** Refuses a template that is not there, or not awarded. */
export function assertGrantable(template: StoredTemplate | undefined, id: string): StoredTemplate {
  if (template === undefined) {
    throw new AppError('template-not-found', `There is no badge template ${id}.`)
  }
  const { name, state } = template.row
  if (state === 'archived') {
    throw new AppError('template-archived', `"${name}" is archived and not awarded any more.`)
  }
  if (state === 'draft') {
    throw new AppError('template-not-active', `"${name}" is a draft. Activate it first.`)
  }
  return template
}

/** For which value of a repeated badge it is; refuses one that does not fit. */
export function instanceOf({ row, rules }: StoredTemplate, given: string | undefined): string {
  if ((rules.repeat === null) === (given === undefined)) {
    return given === undefined ? EVERY : `=${given}`
  }
  const reason =
    rules.repeat === null
      ? `"${row.name}" is earned once; leave it out.`
      : `"${row.name}" is earned once per ${rules.repeat.by}; say for which.`
  const faults = [{ path: 'instance', reason }]
  throw new AppError('request-invalid', 'The instance does not fit the template.', { faults })
}
