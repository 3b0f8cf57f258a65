import { sitePath } from '../config/places.js'

/** The mark of the site: the rosette, or what an operator has put in its place. */
export function Mark({ size = 32 }: { size?: number }) {
  return <img src={`${sitePath}brand/icon`} alt="" width={size} height={size} />
}
