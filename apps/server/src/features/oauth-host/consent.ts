import { timingSafeEqual } from 'node:crypto'
import type { Db } from '../../db/database.js'
import { inTransaction } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { recordAudit } from '../audit/audit.js'
import type { OAuthHost } from './create-oauth-host.js'
import { claimInteraction } from './oauth-repository.js'
import { inWords, knownScopes } from './scopes.js'
import { faceOf } from './to-application.js'

type Deps = { readonly db: Db; readonly host: Pick<OAuthHost, 'provider' | 'browserProof'> }

/** Who answers, and what their browser shows for being the one in which the question was asked. */
export type Answering = {
  readonly user: { readonly id: string; readonly email: string }
  readonly uid: string
  readonly proof: string | undefined
}

/** What an application asks for, and what its owner says to that. */
export function createConsent({ db, host }: Deps) {
  /**
   * The question, for the first person who looks at it in the browser in which it was asked. Anybody else
   * could be led to an answer that lets the one who asked into a backpack that is not theirs.
   */
  async function find({ user, uid, proof }: Answering) {
    const expected = Buffer.from(host.browserProof(uid))
    const shown = Buffer.from(proof ?? '')
    if (shown.length !== expected.length || !timingSafeEqual(shown, expected)) throw notAsked()
    const provider = await host.provider()
    const question = await provider.Interaction.find(uid)
    if (question === undefined || question.result !== undefined) throw notAsked()
    if (!(await claimInteraction(db, uid, user.id))) throw notAsked()
    const { client_id: clientId, redirect_uri: returnsTo, scope } = question.params
    const client = await provider.Client.find(String(clientId))
    if (client === undefined) throw notAsked()
    return { provider, question, client, returnsTo: String(returnsTo), scope: String(scope ?? '') }
  }

  async function read(answering: Answering) {
    const { client, returnsTo, scope } = await find(answering)
    return {
      uid: answering.uid,
      application: faceOf(client.metadata()),
      scopes: inWords(knownScopes(scope)),
      returnsTo: new URL(returnsTo).host,
    }
  }

  /** Answers where the browser goes next, which brings the answer to the application. */
  async function decide(answering: Answering, isAllowed: boolean) {
    const { provider, question, client, scope } = await find(answering)
    const { user } = answering
    const { clientId } = client
    const scopes = knownScopes(scope)
    if (isAllowed) {
      const grant = new provider.Grant({ accountId: user.id, clientId })
      grant.addOIDCScope(scopes.join(' '))
      const login = { accountId: user.id, remember: false }
      question.result = { login, consent: { grantId: await grant.save() } }
    } else {
      question.result = { error: 'access_denied', error_description: 'It was not allowed.' }
    }
    await question.persist()
    await inTransaction(db, (tx) =>
      recordAudit(tx, {
        actor: user.email,
        action: isAllowed ? 'application.allow' : 'application.refuse',
        subject: `application/${clientId}`,
        organizationId: null,
        detail: { name: client.clientName ?? '', scopes },
      }),
    )
    return { redirectTo: question.returnTo }
  }

  return { read, decide }
}

export type Consent = ReturnType<typeof createConsent>

function notAsked(): AppError {
  const message = 'Nothing is asked here, or it was asked in another browser or of somebody else.'
  const remedy = 'Go back to the application, and connect it again.'
  return new AppError('application-not-found', `${message} ${remedy}`)
}
