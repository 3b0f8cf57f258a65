import type { FieldErrors, ReadAssertion } from './badgr-read-assertion.js'
import type { SimulatedBadgeClass, World } from './badgr-state.js'
import type { Views } from './badgr-views.js'

/** Where a badge is ordered: at a badge class, or at an issuer with the class in the body. */
export type Place = { readonly issuerId: string; readonly badgeClass?: SimulatedBadgeClass }

/** The badge class that an order is for; undefined, with an error added, when there is no telling. */
export function createClassFinder({ state }: World, views: Views) {
  return function findClass(
    read: ReadAssertion,
    { issuerId, badgeClass }: Place,
    errors: FieldErrors,
  ): SimulatedBadgeClass | undefined {
    const { badgeclass, badgeclassOpenBadgeId, badgeclassName } = read
    const named = [badgeclass, badgeclassOpenBadgeId, badgeclassName].filter(
      (value) => value !== undefined,
    )
    const fail = (message: string) => {
      errors['badgeclass'] = [message]
      return undefined
    }
    if (named.length > 1) {
      return fail(
        'Multiple badge class identifiers. Exactly one of the following allowed: badgeclass, badgeclassName, badgeclassOpenBadgeId',
      )
    }
    if (badgeClass !== undefined) return badgeClass
    if (named.length === 0) return fail('This field is required')
    const found = [...state.badgeClasses.values()].filter(
      ({ issuer, entityId, fields }) =>
        issuer === issuerId &&
        (entityId === badgeclass ||
          views.publicId('badges', entityId) === badgeclassOpenBadgeId ||
          fields.name === badgeclassName),
    )
    if (found.length === 1) return found[0]
    if (badgeclassName === undefined) {
      return fail('Could not find matching badgeclass for this issuer.')
    }
    return fail(
      found.length === 0
        ? `No matching BadgeClass found with name ${badgeclassName}`
        : `Could not award; ${found.length} BadgeClasses with name ${badgeclassName}`,
    )
  }
}
