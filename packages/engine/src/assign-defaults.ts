import { type Place, refuse } from './json-place.js'

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

/** Gives what has no id one from its position (`r1`, `p2`), or the next that is free. */
export function assignIds<T extends { readonly id: string | undefined }>(
  items: readonly T[],
  prefix: string,
): (T & { readonly id: string })[] {
  const taken = new Set(items.map(({ id }) => id))
  return items.map((item, index) => {
    let number = index + 1
    while (item.id === undefined && taken.has(prefix + number)) number += 1
    const id = item.id ?? prefix + number
    taken.add(id)
    return { ...item, id }
  })
}

/** Gives what has no group the next free letter, so that it must be fulfilled by itself. */
export function assignGroups<T extends { readonly group: string | undefined }>(
  items: readonly T[],
  place: Place,
): (T & { readonly group: string })[] {
  const taken = new Set(items.map(({ group }) => group))
  return items.map((item, index) => {
    const group = item.group ?? letters.find((letter) => !taken.has(letter))
    if (group === undefined) {
      const here = { ...place, path: `${place.path}[${index}].group` }
      refuse(here, 'groups-exhausted', 'No letter from A to Z is left; put it into another group.')
    }
    taken.add(group)
    return { ...item, group: group ?? '' }
  })
}
