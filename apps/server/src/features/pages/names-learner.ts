/** Names shorter than this stand in words that have nothing to do with them. */
const shortestName = 4
const compactJws = /^[\w-]+\.[\w-]+\.[\w-]*$/
/** How deep one signed text may lie in another. */
const deepest = 4

/** How a learner is known: by the name of the account, and by addresses. */
export type Known = { readonly name: string; readonly addresses: readonly string[] }

/** Whether a badge has its learner's name or an address in it, where everybody who has it can read it. */
export function saidOf(text: string, { name, addresses }: Known) {
  const said = saidIn(text).join('\n').toLowerCase()
  const says = (word: string) => said.includes(word.trim().toLowerCase())
  return { name: name.trim().length >= shortestName && says(name), address: addresses.some(says) }
}

// What is signed as a compact JWS is packed, and not hidden; in JSON any letter may be written by its number.
function saidIn(text: string, depth = 0): readonly string[] {
  const trimmed = text.trim().replace(/^data:application\/[\w+.-]*jwt[^,]*,/i, '')
  const isPacked = compactJws.test(trimmed)
  if (!isPacked && !/^[[{]/.test(trimmed)) return [text]
  if (depth > deepest) return [text]
  const parts = isPacked ? trimmed.split('.').slice(0, 2).map(unpacked) : [trimmed]
  return [text, ...parts.flatMap((part) => textsIn(parsed(part), depth))]
}

function textsIn(value: unknown, depth: number): readonly string[] {
  const found: string[] = []
  const open: unknown[] = [value]
  while (open.length > 0) {
    const one = open.pop()
    if (typeof one === 'string') found.push(...saidIn(one, depth + 1))
    else if (typeof one === 'object' && one !== null) {
      for (const [name, member] of Object.entries(one)) {
        if (!Array.isArray(one)) found.push(name)
        open.push(member)
      }
    }
  }
  return found
}

function unpacked(part: string): string {
  return Buffer.from(part, 'base64url').toString('utf8')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
