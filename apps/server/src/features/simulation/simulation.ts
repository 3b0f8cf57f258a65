export { type SimulatedEvent, simulateCampus } from './campus.js'
export { type Course, courseKeyOf, createCourses } from './courses.js'
export { paced, toCloudEvent, toMessage } from './deliver.js'
export { createPeople } from './people.js'
