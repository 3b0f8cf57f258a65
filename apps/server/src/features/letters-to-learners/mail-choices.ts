import * as contract from '@rosette/contract/backpack'
import { type Db, inTransaction } from '../../db/database.js'
import { forSignedIn } from '../../http/access.js'
import type { HttpServer } from '../../http/http-server.js'
import { personIn } from '../accounts/accounts.js'
import { recordAudit } from '../audit/audit.js'
import {
  type LetterKind,
  optedOut,
  optInAddress,
  optOutAddress,
  provenAddressesOf,
} from './opt-out-repository.js'

const root = '/api/v1/me/mail-choices'

/** Which letters somebody gets: the choice is that of the address to which they go. */
export function mailChoiceRoutes(server: HttpServer, { db }: { readonly db: Db }): void {
  async function choicesOf(email: string) {
    const refused = await optedOut(db, email)
    return { newBadges: !refused.has('new-badges'), endorsements: !refused.has('endorsements') }
  }

  server.get(root, { schema: contract.getMailChoices, config: forSignedIn }, (request) =>
    choicesOf(personIn(request).email),
  )

  server.put(root, { schema: contract.putMailChoices, config: forSignedIn }, async (request) => {
    const person = personIn(request)
    const wanted = { 'new-badges': request.body.newBadges, endorsements: request.body.endorsements }
    await inTransaction(db, async (tx) => {
      // Another address may be the one that letters go to tomorrow.
      const addresses = new Set([person.email, ...(await provenAddressesOf(tx, person.id))])
      for (const email of addresses) {
        await choose(tx, email, 'new-badges', wanted['new-badges'])
        await choose(tx, email, 'endorsements', wanted.endorsements)
      }
      const detail = { ...request.body }
      const audit = { action: 'user.choose-mails', subject: `user/${person.id}`, detail }
      await recordAudit(tx, { actor: person.email, ...audit })
    })
    return await choicesOf(person.email)
  })
}

async function choose(
  ...[db, email, letters, wanted]: readonly [Db, string, LetterKind, boolean | undefined]
): Promise<void> {
  if (wanted === undefined) return
  await (wanted ? optInAddress(db, email, letters) : optOutAddress(db, email, letters))
}
