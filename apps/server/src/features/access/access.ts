export { organizationOf, organizationOfSubject } from './access-views.js'
export { assertMayGive, knownActor } from './may-give.js'
