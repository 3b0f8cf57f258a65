import type { Findings } from '../verifier/verifier.js'
import { type Given, prepare } from './given.js'
import type { ImportDeps } from './import-deps.js'
import { type Arrived, type Imported, refused } from './imported.js'
import { createOwnAwards } from './own-awards.js'
import { innerBadges, recordResult } from './records.js'
import { createTakeIn } from './take-in.js'

/** Takes in badges from elsewhere: verified first, recognised, and kept as the bytes that came. */
export function createBadgeImport(deps: ImportDeps) {
  const ownAwards = createOwnAwards(deps)
  const takeIn = createTakeIn(deps)

  /**
   * Never throws for a bad badge; throws `overloaded` when too many are verified at this moment. Of two
   * imports of one badge at once, one keeps it and the other finds it there.
   */
  async function importBadge(userId: string, given: Given): Promise<Imported> {
    const arrived = await verify(userId, given)
    if ('outcome' in arrived) return arrived
    const inner = innerBadges(arrived.findings, arrived.prepared)
    if (inner === undefined) return await importOne(userId, arrived)
    const results: Imported[] = []
    // One after the other: badges of a record share issuers.
    for (const content of inner) results.push(await importInner(userId, { ...given, content }))
    return recordResult(results, { given, report: arrived.findings.report })
  }

  async function importInner(userId: string, given: Given): Promise<Imported> {
    const arrived = await verify(userId, { ...given, name: undefined })
    return 'outcome' in arrived ? arrived : await importOne(userId, arrived)
  }

  async function importOne(userId: string, arrived: Arrived): Promise<Imported> {
    return (await ownAwards(userId, arrived)) ?? (await takeIn(userId, arrived))
  }

  async function verify(userId: string, given: Given): Promise<Arrived | Imported> {
    const prepared = prepare(given)
    if ('code' in prepared) return refused(prepared, { given })
    const { signal } = given
    const visitor = { by: userId, ...(signal !== undefined && { signal }) }
    const findings: Findings = await deps.verifier.examine(prepared.submission, visitor)
    return { given, prepared, findings }
  }

  return importBadge
}
