import type { Issuers } from '../issuers/issuers.js'
import { createAsking, type EndorsementDeps } from './ask-endorsement.js'
import { createDeciding } from './decide-endorsement.js'
import { createGiving } from './give-endorsement.js'
import { createEndorsementSigning } from './sign-endorsement.js'
import { createTelling } from './tell-learner.js'

type Deps = EndorsementDeps & { readonly issuers: Issuers }

/** What people say about the badges of others: asked for by mail, shown when the learner accepts it. */
export function createBadgeEndorsements(deps: Deps) {
  const asking = createAsking(deps)
  const giving = createGiving(deps)
  const decide = createDeciding({ ...deps, sign: createEndorsementSigning(deps) })
  return {
    ask: asking.ask,
    read: giving.read,
    give: giving.give,
    decide,
    tasks: { ...asking.tasks, ...createTelling(deps).tasks },
  }
}

export type BadgeEndorsements = ReturnType<typeof createBadgeEndorsements>
