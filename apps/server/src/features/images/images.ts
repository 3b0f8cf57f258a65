export {
  type CheckedImage,
  checkImage,
  createImages,
  type Images,
  type MediaType,
  type Picture,
  pictureSizes,
} from './create-images.js'
