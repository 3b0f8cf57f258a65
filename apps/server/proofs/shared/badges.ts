import { type Db, inTransaction } from '#src/db/database.js'
import { createIssuers } from '#src/features/issuers/issuers.js'
import { createPublicUrls } from '#src/http/public-urls.js'
import { anActiveTemplate } from '../../src/testing/sample-templates.js'
import { courses, passingType } from './grades.js'

const passing = (value: string) => ({ keyPath: 'is_passing', operator: 'eq', value })
const inCourse = (value?: string) => ({ keyPath: 'course.course_key', operator: 'eq', value })
const awarded = 'org.openedx.learning.badge.awarded.v1'

export const masterKey = Buffer.alloc(32, 7)

/** An organization with an issuer that can sign under `masterKey`; answers with the issuer's id. */
export async function createIssuer(db: Db): Promise<string> {
  const urls = createPublicUrls('http://localhost')
  const issuers = createIssuers({ urls, masterKey, now: () => new Date() })
  return await inTransaction(db, async (tx) => {
    const { id } = await tx
      .insertInto('organization')
      .values({ slug: 'proof', name: 'Proof University' })
      .returning('id')
      .executeTakeFirstOrThrow()
    const issuer = { organizationId: id, name: 'Proof University', url: 'https://proof.example' }
    return (await issuers.create(tx, issuer)).id
  })
}

/** One course; any three; two courses with a penalty; a badge for two badges. */
export async function createCourseBadges(db: Db): Promise<void> {
  const issuer = await createIssuer(db)
  const active = (rules: Readonly<Record<string, unknown>>) => anActiveTemplate(db, rules, issuer)
  const passes = (course?: string) => ({
    eventType: passingType,
    dataRules: [passing('true'), inCourse(course)],
  })
  const one = await active({ name: 'One course', requirements: [passes(courses[0])] })
  const distinct = { atLeast: 3, distinctBy: 'course.course_key' }
  const three = await active({
    name: 'Three courses',
    requirements: [{ eventType: passingType, dataRules: [passing('true')], count: distinct }],
  })
  await active({
    name: 'Two courses, kept up',
    requirements: [
      { id: 'a', group: 'A', ...passes(courses[1]) },
      { id: 'b', group: 'B', ...passes(courses[2]) },
    ],
    penalties: [
      {
        eventType: passingType,
        dataRules: [passing('false'), inCourse(courses[1])],
        requirements: ['a'],
      },
    ],
  })
  const badge = (id: string) => [{ keyPath: 'template.uuid', operator: 'eq', value: id }]
  await active({
    name: 'Both badges',
    requirements: [
      { group: 'A', eventType: awarded, dataRules: badge(one) },
      { group: 'B', eventType: awarded, dataRules: badge(three) },
    ],
  })
}
