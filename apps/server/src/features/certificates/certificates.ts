export { certificateRoutes } from './certificate-routes.js'
export { type Certificates, createCertificates } from './create-certificates.js'
