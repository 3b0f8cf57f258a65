export { type ErrorCode, errorCodes } from './errors.js'
