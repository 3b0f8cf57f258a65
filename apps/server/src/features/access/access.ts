export { organizationOf, organizationOfSubject } from './access-views.js'
