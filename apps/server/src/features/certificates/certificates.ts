export { certificateRoutes } from './certificate-routes.js'
export { createCertificates } from './create-certificates.js'
