import { body, by, type Example, type Known } from './route-example.js'

const collected = (of: Known) => ({ name: 'Astral', badges: [{ badgeId: of.award }] })
const unsubscribing: Example = {
  params: () => ({ letters: 'new-badges', hash: 'none', token: 'none' }),
}

/** Those of the learner's side: nearly all are about the person who asks. */
export const learnerRouteExamples: Readonly<Record<string, Example>> = {
  'GET /api/v1/backpack': { isForPeople: true },
  'GET /api/v1/backpack/badges': { isForPeople: true },
  'GET /api/v1/backpack/badges/:id': { ...by('award'), isForPeople: true },
  'PATCH /api/v1/backpack/badges/:id': {
    ...by('award', { body: () => ({ isHidden: true }) }),
    isForPeople: true,
  },
  'DELETE /api/v1/backpack/badges/:id': { ...by('award'), isForPeople: true },
  'POST /api/v1/backpack/badges/:id/check': { ...by('award'), isForPeople: true },
  'GET /api/v1/backpack/badges/:id/file': {
    ...by('award', { query: () => ({ form: 'json' }) }),
    isForPeople: true,
  },
  'GET /api/v1/backpack/archive': { isForPeople: true },
  'POST /api/v1/backpack/archive': {
    body: () => 'none',
    contentType: 'application/zip',
    isForPeople: true,
  },
  'POST /api/v1/backpack/imports': { body: () => ({ badge: 'none' }), isForPeople: true },
  'POST /api/v1/backpack/seen': { isForPeople: true },
  'GET /api/v1/backpack/progress': { isForPeople: true },
  'GET /api/v1/backpack/pathways': { isForPeople: true },
  'GET /api/v1/backpack/collections': { isForPeople: true },
  'POST /api/v1/backpack/collections': { body: collected, isForPeople: true },
  'GET /api/v1/backpack/collections/:id': { ...by('learner'), isForPeople: true },
  'PATCH /api/v1/backpack/collections/:id': {
    ...by('learner', { body: collected }),
    isForPeople: true,
  },
  'DELETE /api/v1/backpack/collections/:id': { ...by('learner'), isForPeople: true },
  'POST /api/v1/sign-in-links': body(() => ({ email: 'nobody@astral.example' })),
  'POST /api/v1/sign-in-links/use': body(() => ({ secret: 'none' })),
  'GET /api/v1/me/addresses': { isForPeople: true },
  'POST /api/v1/me/addresses': {
    body: () => ({ email: 'more@astral.example' }),
    isForPeople: true,
  },
  'POST /api/v1/me/addresses/confirm': { body: () => ({ secret: 'none' }), isForPeople: true },
  'POST /api/v1/me/addresses/:id/link': { ...by('learner'), isForPeople: true },
  'POST /api/v1/me/addresses/:id/primary': { ...by('learner'), isForPeople: true },
  'DELETE /api/v1/me/addresses/:id': { ...by('learner'), isForPeople: true },
  'GET /api/v1/me/mail-choices': { isForPeople: true },
  'PUT /api/v1/me/mail-choices': { body: () => ({ newBadges: true }), isForPeople: true },
  'POST /api/v1/me/erasure': {
    body: () => ({ email: 'somebody-else@astral.example' }),
    isForPeople: true,
  },
  'POST /api/v1/backpack/badges/:id/endorsement-requests': {
    ...by('award', { body: () => ({ email: 'bo@astral.example', name: 'Bo' }) }),
    isForPeople: true,
  },
  'GET /api/v1/backpack/endorsements': { isForPeople: true },
  'POST /api/v1/backpack/endorsements/:id/decision': {
    ...by('endorsement', { body: () => ({ decision: 'accept' }) }),
    isForPeople: true,
  },
  'POST /api/v1/endorsement-requests/read': body(() => ({ secret: 'none' })),
  'POST /api/v1/endorsement-requests/answer': body(() => ({ secret: 'none', decision: 'refuse' })),
  'GET /api/v1/me/applications': { isForPeople: true },
  'DELETE /api/v1/me/applications/:id': { ...by('learner'), isForPeople: true },
  'GET /api/v1/me/authorizations/:uid': { params: () => ({ uid: 'none' }), isForPeople: true },
  'POST /api/v1/me/authorizations/:uid': {
    params: () => ({ uid: 'none' }),
    body: () => ({ isAllowed: true }),
    isForPeople: true,
  },
  'GET /api/v1/me/hosts': { isForPeople: true },
  'POST /api/v1/me/hosts': { body: () => ({ url: 'http://127.0.0.1/' }), isForPeople: true },
  'POST /api/v1/me/hosts/:id/badges': {
    ...by('learner', { body: (of) => ({ badgeId: of.award }) }),
    isForPeople: true,
  },
  'DELETE /api/v1/me/hosts/:id': { ...by('learner'), isForPeople: true },
  'POST /api/v1/backpack/badges/:id/wallet-offers': { ...by('award'), isForPeople: true },
  'GET /unsubscribe/:letters/:hash/:token': unsubscribing,
  'POST /unsubscribe/:letters/:hash/:token': unsubscribing,
}
