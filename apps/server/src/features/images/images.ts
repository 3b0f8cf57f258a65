export {
  type CheckedImage,
  createImages,
  type Images,
  type Picture,
  pictureSizes,
} from './create-images.js'
export { renderSvg } from './render-svg.js'
export { insideSvg } from './wide-picture.js'
