import type { LearnerData } from '@rosette/openedx-events'

type Culture = {
  readonly given: readonly string[]
  readonly family: readonly string[]
  readonly familyFirst?: true
}

const cultures: readonly Culture[] = [
  {
    given: 'Amara Chidi Ngozi Emeka Ifeoma'.split(' '),
    family: 'Okafor Eze Nwosu Adeyemi'.split(' '),
  },
  {
    given: 'Sofía Mateo Valentina Diego Camila'.split(' '),
    family: 'Ramírez Torres Quispe Muñoz'.split(' '),
  },
  {
    given: 'Haruto Yui Sakura Ren Hina'.split(' '),
    family: 'Tanaka Kobayashi Mori Inoue'.split(' '),
    familyFirst: true,
  },
  {
    given: 'Lena Jonas Mila Paul Frieda'.split(' '),
    family: 'Köhler Schäfer Vogt Brandt'.split(' '),
  },
  {
    given: 'Aarav Ananya Rohan Priya Kavya'.split(' '),
    family: 'Sharma Iyer Banerjee Patel'.split(' '),
  },
  {
    given: 'Léa Hugo Chloé Théo Inès'.split(' '),
    family: 'Lefèvre Moreau Girard Dubois'.split(' '),
  },
  {
    given: 'Layla Omar Yasmin Karim Nour'.split(' '),
    family: 'Haddad Mansour Saleh Khoury'.split(' '),
  },
  {
    given: 'Zofia Jakub Hanna Szymon Maja'.split(' '),
    family: 'Nowak Wójcik Zieliński Mazur'.split(' '),
  },
  {
    given: 'Wei Jing Hao Mei Lin'.split(' '),
    family: 'Chen Zhao Huang Liu'.split(' '),
    familyFirst: true,
  },
  {
    given: 'Ingrid Lars Astrid Søren Freja'.split(' '),
    family: 'Nygård Lindholm Bakke Holm'.split(' '),
  },
  {
    given: 'Beatriz João Marina Caio Helena'.split(' '),
    family: 'Carvalho Araújo Nunes Teixeira'.split(' '),
  },
  {
    given: 'Oksana Taras Daryna Andriy Iryna'.split(' '),
    family: 'Kovalenko Bondar Melnyk Lysenko'.split(' '),
  },
  {
    given: 'Grace Samuel Ruth Daniel Naomi'.split(' '),
    family: 'Walker Hughes Bennett Clarke'.split(' '),
  },
  {
    given: 'Linh Minh Thảo Quân Hương'.split(' '),
    family: 'Nguyễn Trần Phạm Lê'.split(' '),
    familyFirst: true,
  },
  {
    given: 'Elif Emre Defne Kerem Zeynep'.split(' '),
    family: 'Yılmaz Demir Kaya Aydın'.split(' '),
  },
  {
    given: 'Wanjiru Kamau Akinyi Otieno Njeri'.split(' '),
    family: 'Mwangi Odhiambo Kariuki Wambui'.split(' '),
  },
]

/** The people of a simulated LMS; all of them are invented. */
export function createPeople(count: number, firstUserId: number): readonly LearnerData[] {
  const taken = new Map<string, number>()
  return Array.from({ length: count }, (_, index) => {
    const name = nameAt(index)
    const plain = toPlain(name)
    const times = (taken.get(plain) ?? 0) + 1
    taken.set(plain, times)
    const username = times === 1 ? plain : `${plain}${times}`
    const lmsUserId = firstUserId + index
    return { lmsUserId, isActive: true, username, email: `${username}@example.org`, name }
  })
}

function nameAt(index: number): string {
  const culture = cultures[index % cultures.length]
  if (culture === undefined) return ''
  const round = Math.floor(index / cultures.length)
  const given = culture.given[round % culture.given.length] ?? ''
  // The two lists have lengths without a common divisor, so every pair comes before one repeats.
  const family = culture.family[round % culture.family.length] ?? ''
  return culture.familyFirst ? `${family} ${given}` : `${given} ${family}`
}

const letters: Readonly<Record<string, string>> = { ø: 'o', ł: 'l', đ: 'd', ı: 'i' }

function toPlain(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[øłđı]/g, (letter) => letters[letter] ?? letter)
    .replace(/[^a-z]+/g, '_')
}
