export { insertMember } from './member-repository.js'
