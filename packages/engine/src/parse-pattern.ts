/** One step of a pattern's machine; `next`, `a` and `b` are positions of steps. */
type Step =
  | { readonly kind: 'character'; readonly accepts: (character: string) => boolean; next: number }
  | { readonly kind: 'either'; a: number; readonly b: number }
  | { readonly kind: 'start' | 'end'; readonly next: number }
  | { readonly kind: 'found' }

/** A pattern ready to search: try the steps from `entry`. */
export type Pattern = { readonly steps: readonly Step[]; readonly entry: number }

/** Why a pattern was not accepted, as a sentence with the remedy. */
export class PatternRefused extends Error {
  override readonly name = 'PatternRefused'
}

type Node =
  | { readonly kind: 'character'; readonly accepts: (character: string) => boolean }
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'sequence' | 'alternatives'; readonly nodes: readonly Node[] }
  | { readonly kind: 'repeat'; readonly node: Node; readonly min: number; readonly max: number }

type Source = { readonly text: string; at: number }

const maxLength = 200
const maxSteps = 1_000

const escapeText =
  /\\(?:u\{[^}]*\}|u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[A-Za-z]|[pP]\{[^}]*\}|[\s\S])/uy
const characterClass = /\[(?:\\[\s\S]|[^\]\\])*\]/uy
const quantifier = /(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/uy

/**
 * Reads a regular expression (JavaScript syntax with the `u` flag) into a machine whose search time is linear
 * in the text. Whatever needs backtracking (back references, look-around) is refused with `PatternRefused`.
 */
export function parsePattern(text: string): Pattern {
  if (text.length > maxLength) {
    throw new PatternRefused(`A pattern has at most ${maxLength} characters; shorten it.`)
  }
  assertRegularExpression(text)
  const node = alternatives({ text, at: 0 })
  const steps: Step[] = [{ kind: 'found' }]
  const entry = build(node, 0, steps)
  return { steps, entry }
}

function assertRegularExpression(text: string): void {
  try {
    new RegExp(text, 'u')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new PatternRefused(`This is not a regular expression (${reason}); correct it.`)
  }
}

function alternatives(source: Source): Node {
  const nodes = [sequence(source)]
  while (source.text[source.at] === '|') {
    source.at += 1
    nodes.push(sequence(source))
  }
  return { kind: 'alternatives', nodes }
}

function sequence(source: Source): Node {
  const nodes: Node[] = []
  while (source.at < source.text.length && !'|)'.includes(source.text.charAt(source.at))) {
    nodes.push(repeated(atom(source), source))
  }
  return { kind: 'sequence', nodes }
}

function repeated(node: Node, source: Source): Node {
  const found = take(quantifier, source)
  if (found === null) return node
  const [, sign, low, comma, high] = found
  if (sign !== undefined) {
    return { kind: 'repeat', node, min: sign === '+' ? 1 : 0, max: sign === '?' ? 1 : Infinity }
  }
  const min = Number(low)
  const max = comma === '' ? min : high === '' ? Infinity : Number(high)
  return { kind: 'repeat', node, min, max }
}

function atom(source: Source): Node {
  const first = source.text.charAt(source.at)
  if (first === '(') return group(source)
  if (first === '[') return character(take(characterClass, source)?.[0] ?? first)
  if (first === '\\') return escaped(take(escapeText, source)?.[0] ?? first)
  const literal = String.fromCodePoint(source.text.codePointAt(source.at) ?? 0)
  source.at += literal.length
  if (literal === '^') return { kind: 'start' }
  if (literal === '$') return { kind: 'end' }
  if (literal === '.') return character('.')
  return { kind: 'character', accepts: (each) => each === literal }
}

function group(source: Source): Node {
  const plain = source.text.startsWith('(?:', source.at)
  if (!plain && source.text.startsWith('(?', source.at)) {
    throw new PatternRefused('Look-around and named groups are not supported; use plain groups.')
  }
  source.at += plain ? 3 : 1
  const node = alternatives(source)
  source.at += 1
  return node
}

function escaped(text: string): Node {
  if (/^\\[1-9k]/.test(text)) {
    throw new PatternRefused('Back references are not supported; write the text out.')
  }
  if (/^\\[bB]$/.test(text)) {
    throw new PatternRefused('Word boundaries are not supported; name the characters around.')
  }
  return character(text)
}

/** The platform's own reading of one class or escape; on a single character it cannot backtrack. */
function character(text: string): Node {
  const one = new RegExp(`^${text}$`, 'u')
  return { kind: 'character', accepts: (each) => one.test(each) }
}

function take(pattern: RegExp, source: Source): RegExpExecArray | null {
  pattern.lastIndex = source.at
  const found = pattern.exec(source.text)
  if (found !== null) source.at = pattern.lastIndex
  return found
}

/** Builds from the end, so that every step knows its successor; returns where the node begins. */
function build(node: Node, next: number, steps: Step[]): number {
  switch (node.kind) {
    case 'character':
      return add({ kind: 'character', accepts: node.accepts, next }, steps)
    case 'start':
    case 'end':
      return add({ kind: node.kind, next }, steps)
    case 'sequence':
      return node.nodes.reduceRight((following, each) => build(each, following, steps), next)
    case 'alternatives':
      return node.nodes
        .map((each) => build(each, next, steps))
        .reduceRight((b, a) => add({ kind: 'either', a, b }, steps))
    case 'repeat':
      return buildRepeat(node.node, { min: node.min, max: node.max }, { next, steps })
  }
}

function buildRepeat(
  node: Node,
  { min, max }: { min: number; max: number },
  { next, steps }: { next: number; steps: Step[] },
): number {
  let begin = max === Infinity ? buildLoop(node, next, steps) : next
  for (let optional = max === Infinity ? 0 : max - min; optional > 0; optional -= 1) {
    begin = add({ kind: 'either', a: build(node, begin, steps), b: next }, steps)
  }
  for (let needed = min; needed > 0; needed -= 1) {
    const size = steps.length
    begin = build(node, begin, steps)
    // An empty group adds nothing however often it is repeated; without this a nest of them never ends.
    if (steps.length === size) break
  }
  return begin
}

function buildLoop(node: Node, next: number, steps: Step[]): number {
  const loop: Step = { kind: 'either', a: next, b: next }
  const begin = add(loop, steps)
  loop.a = build(node, begin, steps)
  return begin
}

function add(step: Step, steps: Step[]): number {
  if (steps.length >= maxSteps) {
    throw new PatternRefused(
      'This pattern is too large when its counts are written out; simplify it.',
    )
  }
  return steps.push(step) - 1
}
