import { AppError } from '../../http/app-error.js'

export function refuseImage(fault: string, remedy: string, cause?: unknown): AppError {
  return new AppError('image-refused', `${fault} ${remedy}`, { cause })
}
