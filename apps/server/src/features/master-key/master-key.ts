export { fitWith, type Rotation, rotateMasterKey } from './rotate-master-key.js'
