import { uuidV5 } from '@rosette/openedx-events'

// Random, fixed for good: the demo has the same ids everywhere, so that seeding twice finds itself.
const namespace = 'd6d0b7a1-5f4e-4c35-8f0a-2b9a8e0c7d14'

export function demoId(name: string): string {
  return uuidV5(namespace, name)
}

export const demoOrganizationId = demoId('organization')

/** LMS user ids of invented learners begin where no LMS gets to. */
export const firstDemoUserId = 7_000_000_000_000
export const lastDemoUserId = firstDemoUserId + 999_999
export const demoLearners = 25
