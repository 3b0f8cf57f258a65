export type { AwardEvent } from './award-events.js'
export { type AwardRow, latestAwards } from './award-repository.js'
export { type AwardChange, type Consequences, carryOut } from './carry-out.js'
