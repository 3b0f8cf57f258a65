import type { Db } from '../../db/database.js'
import type { PublicUrls } from '../../http/public-urls.js'
import type { Awards } from '../awards/awards.js'
import type { BadgrTokens, Callers } from '../badgr-auth/badgr-auth.js'
import type { Collections } from '../collections/collections.js'
import type { Credentials } from '../credentials/credentials.js'
import type { BackpackDoor } from './backpack-door.js'
import type { Classes } from './classes.js'
import type { Issuing } from './issue.js'
import type { IssuerChanges } from './issuer-changes.js'
import type { Own } from './own-account.js'

/** What the routes of both versions share. */
export type ApiDeps = {
  readonly db: Db
  readonly now: () => Date
  readonly urls: PublicUrls
  readonly callers: Callers
  readonly tokens: BadgrTokens
  readonly classes: Classes
  readonly issuing: Issuing
  readonly issuerChanges: IssuerChanges
  readonly awards: Pick<Awards, 'revoke' | 'revokeMany'>
  readonly reissue: Credentials['reissuing']['reissueAward']
  readonly own: Own
  readonly backpack: BackpackDoor
  readonly collections: Collections
}
