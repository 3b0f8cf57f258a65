import { type Issuance, idInput, issuanceStates } from '@rosette/contract'
import type { FastifyRequest } from 'fastify'
import { actorOf } from '../../http/actor.js'
import { AppError } from '../../http/app-error.js'
import type { HttpServer } from '../../http/http-server.js'
import { publicIdOf, queryOf } from '../../http/public-answers.js'
import type { AdminDeps } from './admin-deps.js'
import { sendAdminPage } from './admin-frame.js'
import { type Chosen, listPath } from './chosen.js'
import { fieldOf } from './form-body.js'
import { issuancePage } from './issuance-page.js'
import { issuancesPage } from './issuances-page.js'
import { resultOf, withResult } from './results.js'

const perPage = 25

export function issuancePageRoutes(server: HttpServer, deps: AdminDeps): void {
  const { issuances, retryAll, paths } = deps

  server.get('/admin/issuances', async (request, reply) => {
    const chosen = toChosen(queryOf(request, 'state'), queryOf(request, 'account'))
    const [{ items, next }, { items: counts }] = await Promise.all([
      issuances.list({ ...toAsked(chosen), limit: perPage, cursor: queryOf(request, 'cursor') }),
      issuances.counts(),
    ])
    const notice = resultOf(request)
    return sendAdminPage(reply, issuancesPage({ items, next, counts, chosen, paths, notice }))
  })

  server.get('/admin/issuances/:id', async (request, reply) => {
    const issuance = await issuances.get(publicIdOf(request, 'issuance'))
    return sendAdminPage(reply, issuancePage({ issuance, paths, notice: resultOf(request) }))
  })

  server.post('/admin/issuances/retry', async (request, reply) => {
    const chosen = chosenIn(request)
    const retried = await retryAll({ accountId: chosen.account }, actorOf(request))
    return reply.redirect(withResult(listPath(paths, chosen), 'retried', retried), 303)
  })

  server.post('/admin/issuances/:id/retry', async (request, reply) => {
    const id = publicIdOf(request, 'issuance')
    const retried = await retryAll({ ids: [id] }, actorOf(request))
    if (retried === 0) {
      const message = 'There is nothing to try again: it has been taken care of meanwhile.'
      throw new AppError('issuance-not-retryable', message)
    }
    const isList = fieldOf(request, 'back') === 'list'
    const back = isList ? listPath(paths, chosenIn(request)) : paths.issuance(id)
    return reply.redirect(withResult(back, 'retried', retried), 303)
  })
}

function chosenIn(request: FastifyRequest): Chosen {
  return toChosen(fieldOf(request, 'state'), fieldOf(request, 'account'))
}

/** What the address chooses; what it cannot choose, it does not. */
function toChosen(state: string | undefined, account: string | undefined): Chosen {
  const id = idInput.safeParse(account)
  return {
    state: issuanceStates.find((known) => known === state),
    account: account === 'native' ? account : id.data,
  }
}

function toAsked({ state, account }: Chosen) {
  const native: Issuance['target'] | undefined = account === 'native' ? 'native' : undefined
  return {
    state: state === undefined ? undefined : [state],
    target: native,
    accountId: native === undefined ? account : undefined,
  }
}
