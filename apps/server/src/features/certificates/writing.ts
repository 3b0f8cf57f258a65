/** What is laid out at once: letters of one font that run in one direction. */
export type Run = {
  readonly text: string
  readonly font: 'brand' | 'other'
  readonly isRtl: boolean
}

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u
const strong = /[\p{L}\p{N}]/u
/** What the typeface of the brand has letters for; the rest is in the other one, or in none. */
const inBrand = /[\p{Script=Latin}\p{Script=Arabic}\p{Script=Common}\p{Script=Inherited}]/u
const inOther =
  /[\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Hebrew}]/u

/** Whether there are letters for all of a text; Chinese and Devanagari, say, have none here. */
export function isWritable(text: string): boolean {
  return [...text].every((letter) => inBrand.test(letter) || inOther.test(letter))
}

/** A line as runs from left to right, as they stand on paper (the simple part of Unicode's rules). */
export function runsOf(line: string): readonly Run[] {
  const logical: Run[] = []
  for (const letter of line) {
    const last = logical.at(-1)
    const run = runOf(letter, last)
    if (last !== undefined && last.font === run.font && last.isRtl === run.isRtl) {
      logical[logical.length - 1] = { ...last, text: last.text + letter }
    } else {
      logical.push(run)
    }
  }
  const first = [...line].find((letter) => /\p{L}/u.test(letter)) ?? ''
  const isRtl = rightToLeft.test(first)
  const runs = logical.flatMap((run) => withSpaceApart(run, isRtl))
  return isRtl ? inReverse(runs) : inOrder(runs)
}

// A space before a change of direction belongs to the line and not to what goes against it.
function withSpaceApart(run: Run, isRtl: boolean): readonly Run[] {
  const text = run.text.trimEnd()
  if (run.isRtl === isRtl || text === run.text) return [run]
  return [
    { ...run, text },
    { text: run.text.slice(text.length), font: 'brand', isRtl },
  ]
}

// Spaces and signs belong to what stands before them.
function runOf(letter: string, last: Run | undefined): Run {
  if (!strong.test(letter) && last !== undefined) return { ...last, text: letter }
  return {
    text: letter,
    font: inOther.test(letter) ? 'other' : 'brand',
    isRtl: rightToLeft.test(letter),
  }
}

function inReverse(runs: readonly Run[]): readonly Run[] {
  return blocks(runs, false).reverse().flat()
}

function inOrder(runs: readonly Run[]): readonly Run[] {
  return blocks(runs, true).flat()
}

// Runs beside each other that go against the direction of the line change places.
function blocks(runs: readonly Run[], against: boolean): Run[][] {
  const found: Run[][] = []
  for (const run of runs) {
    const last = found.at(-1)
    const isInside = last?.[0]?.isRtl === run.isRtl && run.isRtl === against
    if (last === undefined || !isInside) found.push([run])
    else if (against) last.unshift(run)
    else last.push(run)
  }
  return found
}

/** Words in lines that fit; the last one says that there is more. */
export function linesOf(
  text: string,
  { most, fits }: { readonly most: number; readonly fits: (line: string) => boolean },
): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    const last = lines.at(-1)
    if (last !== undefined && fits(`${last} ${word}`)) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(...pieces(word, fits))
  }
  if (lines.length <= most) return lines
  return [...lines.slice(0, most - 1), shortened(lines[most - 1] ?? '', fits)]
}

function pieces(word: string, fits: (line: string) => boolean): readonly string[] {
  if (fits(word)) return [word]
  const found: string[] = ['']
  for (const letter of word) {
    const last = found.at(-1) ?? ''
    if (last === '' || fits(last + letter)) found[found.length - 1] = last + letter
    else found.push(letter)
  }
  return found
}

function shortened(line: string, fits: (line: string) => boolean): string {
  const letters = [...line]
  while (letters.length > 0 && !fits(`${letters.join('')}…`)) letters.pop()
  return `${letters.join('').trimEnd()}…`
}
