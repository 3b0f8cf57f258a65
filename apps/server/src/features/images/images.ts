export {
  type CheckedImage,
  createImages,
  type Images,
  type Picture,
  pictureSizes,
} from './create-images.js'
