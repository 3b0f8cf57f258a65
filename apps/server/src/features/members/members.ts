export { createMembers } from './change-members.js'
export { deleteMember, insertMember, updateMember } from './member-repository.js'
export { memberRoutes } from './member-routes.js'
