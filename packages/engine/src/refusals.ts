/** Why a template cannot be read, stored or activated, one code per kind of fault. */
export type RefusalCode =
  | 'type-invalid'
  | 'member-unknown'
  | 'member-missing'
  | 'operator-unknown'
  | 'time-invalid'
  | 'groups-exhausted'
  | 'group-invalid'
  | 'id-duplicate'
  | 'count-invalid'
  | 'window-empty'
  | 'requirement-unknown'
  | 'after-cycle'
  | 'event-type-unknown'
  | 'key-path-unknown'
  | 'key-path-unfit'
  | 'operator-unfit'
  | 'value-unfit'
  | 'no-requirements'
  | 'penalty-without-rules'
  | 'penalty-without-requirements'
  | 'repeat-path-missing'
  | 'badge-cycle'

/** One fault: `path` like `requirements[0].dataRules[1].value`, `reason` a sentence with the remedy. */
export type Refusal = {
  readonly code: RefusalCode
  readonly path: string
  readonly reason: string
}

/** Thrown when a template cannot be read; lists all its faults at once. */
export class TemplateInvalid extends Error {
  override readonly name = 'TemplateInvalid'
  readonly refusals: readonly Refusal[]

  constructor(refusals: readonly Refusal[]) {
    super(
      refusals.map(({ path, reason }) => (path === '' ? reason : `${path}: ${reason}`)).join('\n'),
    )
    this.refusals = refusals
  }
}
