export { createMembers, type Members } from './change-members.js'
export { deleteMember, insertMember, lockOwners, updateMember } from './member-repository.js'
export { memberRoutes } from './member-routes.js'
