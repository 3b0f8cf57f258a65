import { createClassFinder, type Place } from './badgr-class-finder.js'
import { fieldRefusal, validationRefusal } from './badgr-envelope.js'
import { type FieldErrors, readAssertion, toFields } from './badgr-read-assertion.js'
import type { Ask } from './badgr-routes.js'
import {
  type AssertionFields,
  isLive,
  newEntity,
  type SimulatedAssertion,
  type SimulatedBadgeClass,
  type World,
} from './badgr-state.js'
import type { Views } from './badgr-views.js'

type Checked = {
  readonly badgeClass: SimulatedBadgeClass
  readonly fields: AssertionFields
  readonly notify: boolean
}

const duplicate = 'A previous award of this badge already exists for this recipient.'
const notAllowed = 'You may not award this badge to this recipient.'

export function createIssuing(world: World, views: Views) {
  const { state, core } = world
  const findClass = createClassFinder(world, views)

  function issueOne(ask: Ask, place: Place): SimulatedAssertion {
    const checked = check(ask.body, place)
    if ('errors' in checked) throw fieldRefusal(checked.errors)
    if ('message' in checked) throw validationRefusal(checked.message)
    return keep(ask, checked)
  }

  /** All or none. The errors come in the order of the items. */
  function issueMany(ask: Ask, place: Place, items: readonly unknown[]): SimulatedAssertion[] {
    const checked = items.map((item) => check(item, place))
    const good = checked.filter((each) => 'fields' in each)
    if (good.length < items.length) {
      throw fieldRefusal(
        checked.map((each) => {
          if ('errors' in each) return each.errors
          return 'message' in each ? { nonFieldErrors: [each.message] } : {}
        }),
      )
    }
    return good.map((each) => keep(ask, each))
  }

  function check(
    body: unknown,
    place: Place,
  ): Checked | { readonly errors: FieldErrors } | { readonly message: string } {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      return { message: 'Invalid data. Expected an object.' }
    }
    const errors: FieldErrors = {}
    const read = readAssertion(world, body, errors)
    const badgeClass = findClass(read, place, errors)
    const fields = toFields(world, read, errors)
    if (fields === undefined || badgeClass === undefined) return { errors }
    const { identity } = fields.recipient
    if (state.refusedRecipients.has(identity)) return { message: notAllowed }
    if (!read.allowDuplicateAwards && holds(badgeClass, identity)) return { message: duplicate }
    return { badgeClass, fields, notify: read.notify }
  }

  function holds({ entityId }: SimulatedBadgeClass, identity: string): boolean {
    return [...state.assertions.values()].some(
      (assertion) =>
        assertion.badgeclass === entityId &&
        assertion.fields.recipient.identity === identity &&
        isLive(world, assertion),
    )
  }

  function keep({ caller }: Ask, { badgeClass, fields, notify }: Checked): SimulatedAssertion {
    const assertion: SimulatedAssertion = {
      ...newEntity(world),
      badgeclass: badgeClass.entityId,
      issuer: badgeClass.issuer,
      createdBy: caller.username,
      salt: core.newId().replaceAll('-', ''),
      fields,
      acceptance: 'Unaccepted',
      revoked: false,
      revocationReason: null,
      notified: notify,
    }
    state.assertions.set(assertion.entityId, assertion)
    return assertion
  }

  return { issueOne, issueMany }
}

export type Issuing = ReturnType<typeof createIssuing>
