export { queueLetter } from '../letters-to-learners/letters-to-learners.js'
export { addressVariants } from './address-variants.js'
