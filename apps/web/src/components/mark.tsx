import { sitePath } from '../config/places.js'

/** The mark of the brand: eight petals, two ribbons, a tick. */
export function Mark({ size = 32 }: { size?: number }) {
  return <img src={`${sitePath}console/rosette.svg`} alt="" width={size} height={size} />
}
