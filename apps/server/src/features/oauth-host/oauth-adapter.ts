import type { Adapter, AdapterPayload } from 'oidc-provider'
import type { Db } from '../../db/database.js'
import {
  consumeRecord,
  deleteByGrant,
  deleteRecord,
  findRecord,
  saveRecord,
} from './oauth-repository.js'

type Deps = {
  readonly db: Db
  /** What is thrown where a code or token is used a second time at the same moment. */
  readonly usedTwice: () => Error
}

/** Keeps what the OAuth server knows in PostgreSQL. */
export function createOAuthAdapter({ db, usedTwice }: Deps) {
  return (model: string): Adapter => {
    // Nobody is ever signed in at the OAuth server itself: each question is answered by a session of ours.
    if (model === 'Session') return forgetful
    return {
      upsert: (id, payload, seconds) =>
        saveRecord(db, { ...toRecord(model, id, payload), seconds }),
      async find(id) {
        const found = await findRecord(db, model, id)
        if (found === undefined) return undefined
        return parsePayload(found.payload, {
          ...(model !== 'Client' && { jti: id }),
          ...(found.consumedAt !== null && { consumed: Date.parse(found.consumedAt) / 1000 }),
        })
      },
      async consume(id) {
        if (!(await consumeRecord(db, model, id))) throw usedTwice()
      },
      destroy: (id) => deleteRecord(db, model, id),
      revokeByGrantId: (grantId) => deleteByGrant(db, model, grantId),
      findByUid: nothing,
      findByUserCode: nothing,
    }
  }
}

async function nothing(): Promise<undefined> {}

const forgetful: Adapter = {
  upsert: nothing,
  find: nothing,
  consume: nothing,
  destroy: nothing,
  revokeByGrantId: nothing,
  findByUid: nothing,
  findByUserCode: nothing,
}

// The id is the token itself, and is not written down.
function toRecord(model: string, id: string, { jti: _token, ...payload }: AdapterPayload) {
  const { clientId = null, accountId = null, grantId = null } = payload
  return {
    model,
    id,
    payload,
    clientId: model === 'Client' ? id : clientId,
    userId: accountId,
    grantId: model === 'Grant' ? id : grantId,
  }
}

function parsePayload(stored: object, more: object): AdapterPayload {
  return { ...stored, ...more } as AdapterPayload
}
