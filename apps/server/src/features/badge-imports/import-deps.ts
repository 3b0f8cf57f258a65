import type { Db } from '../../db/database.js'
import type { PublicUrls } from '../../http/public-urls.js'
import type { Images } from '../images/images.js'
import type { Verifier } from '../verifier/verifier.js'

/** What taking in badges is made of. */
export type ImportDeps = {
  readonly db: Db
  readonly urls: PublicUrls
  readonly now: () => Date
  readonly random: () => number
  readonly images: Pick<Images, 'store'>
  readonly verifier: Pick<Verifier, 'examine'>
}
