export {
  type CheckedImage,
  checkImage,
  createImages,
  type Images,
  type Picture,
  pictureSizes,
} from './create-images.js'
export { createLeastRecentlyUsed } from './least-recently-used.js'
export { renderSvg } from './render-svg.js'
export { insideSvg } from './wide-picture.js'
