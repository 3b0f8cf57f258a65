/** Words that belong to the family name that follows them. */
const particles = new Set(
  'al bin bint da das de del della den der di do dos du el ibn la las le los mac ten ter van von y zu'.split(
    ' ',
  ),
)
/** What stands for a family name where a provider insists on one and the person has none. */
const noLastName = '.'

/**
 * A full name as the first and last name that some providers insist on: "Ludwig van Beethoven" is
 * Ludwig / van Beethoven, "Lovelace, Ada" is Ada / Lovelace, and who has one name gets "." as the last.
 * Undefined for an empty name.
 */
export function splitName(
  fullName: string,
): { readonly first: string; readonly last: string } | undefined {
  const name = fullName.normalize('NFC').replace(/\s+/gu, ' ').trim()
  if (name === '') return undefined
  const [family, given, ...more] = name.split(',').map((part) => part.trim())
  if (family && given && more.length === 0) return { first: given, last: family }
  const words = name.split(' ')
  if (words.length === 1) return { first: name, last: noLastName }
  const particle = words.findIndex((word, i) => i > 0 && particles.has(word.toLowerCase()))
  const begin = particle > 0 && particle < words.length - 1 ? particle : words.length - 1
  return { first: words.slice(0, begin).join(' '), last: words.slice(begin).join(' ') }
}
