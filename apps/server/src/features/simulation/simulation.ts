export { type CampusOptions, type SimulatedEvent, simulateCampus } from './campus.js'
export { type Course, courseKeyOf, createCourses, universityKey } from './courses.js'
export { paced, toCloudEvent, toMessage } from './deliver.js'
export { createPeople } from './people.js'
