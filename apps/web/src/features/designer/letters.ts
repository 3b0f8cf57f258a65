/** Widths of the bold letters that the server draws with, in hundredths of their size, from the space on. */
const widths =
  '35 46 52 84 70 100 87 31 46 46 52 84 38 42 38 37 70 70 70 70 70 70 70 70 70 70 40 40 84 84 84 58 100 77 76 73 83 68 68 82 84 37 37 77 64 100 84 85 73 85 77 72 68 81 77 110 77 72 73 46 37 46 84 50 50 67 72 59 72 68 44 72 71 34 34 67 34 104 71 69 72 72 49 60 48 71 65 92 65 65 58 71 37 71 84'
    .split(' ')
    .map(Number)

export const letterFont = `'DejaVu Sans',Verdana,'Segoe UI',sans-serif`

/** Width of a text in parts of the size of its letters; letters of other scripts are guessed. */
export function widthOf(text: string): number {
  return lettersOf(text).reduce((sum, letter) => sum + letterWidth(letter), 0)
}

export function letterWidth(letter: string): number {
  const base = letter.normalize('NFD').codePointAt(0) ?? 32
  const known = widths[base - 32]
  if (known !== undefined) return known / 100
  return /[\p{Script=Cyrillic}\p{Script=Armenian}]/u.test(letter) ? 0.82 : 0.76
}

/** What is moved as one: a letter with its marks. */
export function lettersOf(text: string): string[] {
  return [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map(
    ({ segment }) => segment,
  )
}

/** Letters that hang together, or run from the right, cannot be set one by one along a curve. */
export function canCurve(text: string): boolean {
  return !/[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Common}\p{Script=Inherited}]/u.test(
    text,
  )
}

/** Whether the server's own letters cover a text: where they do not, pictures elsewhere show boxes. */
export function isCovered(text: string): boolean {
  return !/[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Georgian}\p{M}\p{N}\p{P}\p{Sc}\p{Sm}\p{Zs}]/u.test(
    text,
  )
}
