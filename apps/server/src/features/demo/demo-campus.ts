import { demoLearners, firstDemoUserId } from './demo-ids.js'
import { demoCourses } from './demo-templates.js'

/** About six minutes. A demo that is left running does not fill the disk. */
export const mostEvents = 240

/** The university that the demo shows, and how fast things happen there. */
export const campus = {
  // Found by trying: in half a minute each badge is earned by somebody, and one is lost again.
  seed: 1490,
  learners: demoLearners,
  courses: demoCourses.length,
  firstUserId: firstDemoUserId,
  gradesOnly: true,
  atOnce: 5,
  units: 3,
  /** Three a second at first, so that badges are soon to be seen; then ever more gently. */
  secondsAt(number: number): number {
    const swift = Math.min(number, 75) / 3
    const gentle = Math.min(Math.max(number - 75, 0), 85)
    const slow = Math.max(number - 160, 0) * 3
    return swift + gentle + slow
  },
}
