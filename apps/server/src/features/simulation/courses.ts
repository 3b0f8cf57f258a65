/** A course as the simulated LMS offers it, run by run. */
export type Course = { readonly number: string; readonly title: string }

const known: readonly Course[] = [
  { number: 'STAT101', title: 'Statistics for Everyone' },
  { number: 'PY101', title: 'Python from the Start' },
  { number: 'VIS201', title: 'Seeing Data' },
  { number: 'ETH110', title: 'Ethics of Data' },
  { number: 'WRI120', title: 'Writing about Science' },
  { number: 'ML210', title: 'Machine Learning, Gently' },
  { number: 'CLIM130', title: 'Our Changing Climate' },
  { number: 'ECON105', title: 'Thinking like an Economist' },
  { number: 'BIO115', title: 'The Living Cell' },
  { number: 'HIST140', title: 'A History of Trade' },
  { number: 'MUS100', title: 'Listening to Music' },
  { number: 'PHIL125', title: 'Arguments, Good and Bad' },
]

/** So many courses; beyond those with a name of their own they are numbered. */
export function createCourses(count: number): readonly Course[] {
  return Array.from({ length: count }, (_, index) => {
    const named = known[index]
    const number = `SEM${String(index + 1).padStart(3, '0')}`
    return named ?? { number, title: `Seminar ${index + 1}` }
  })
}

export const universityKey = 'Riverbend'

/** Three runs a year, from the first of 2026 on. */
export function runNamed(term: number): string {
  return `${2026 + Math.floor(term / 3)}_T${(term % 3) + 1}`
}

export function courseKeyOf({ number }: Course, term: number): string {
  return `course-v1:${universityKey}+${number}+${runNamed(term)}`
}
