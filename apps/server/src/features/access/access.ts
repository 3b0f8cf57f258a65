export { organizationOf } from './access-views.js'
