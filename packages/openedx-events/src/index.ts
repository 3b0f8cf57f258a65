export {
  type AvroField,
  type AvroRecord,
  type AvroType,
  avroSchemaOf,
  schemaString,
} from './avro-schema.js'
export type { DataClass, Field, ValueType } from './data-class.js'
export { canonicalDatetime } from './datetime.js'
export { decodeEvent } from './decode-event.js'
export { encodeEvent } from './encode-event.js'
export { EventError, type EventErrorCode } from './errors.js'
export type { EventData } from './event-data.js'
export { type HeaderDefaults, parseHeaders, toHeaders } from './headers.js'
export {
  allKeyPathsOf,
  DEFAULT_IGNORED_KEYPATHS,
  type FieldType,
  fieldTypeOf,
  type KeyPath,
  keyFaultOf,
  keyPathsOf,
} from './key-paths.js'
export { type LearnerData, learnerOf, payloadOf } from './learner.js'
export { createMetadata, DEFAULT_SOURCE, type EventsMetadata, SOURCELIB } from './metadata.js'
export {
  isKeyKind,
  type KeyKind,
  type KeyPart,
  keyKinds,
  type ParsedKey,
  type RefusedKey,
} from './opaque-keys/key-kinds.js'
export { parseKey } from './opaque-keys/parse-key.js'
export { parseEventData } from './parse-event-data.js'
export {
  findSignal,
  isKnownWithoutLearner,
  requireSignal,
  type Signal,
  signalOf,
  signals,
} from './signals.js'
export { canonicalUuid, uuidV1, uuidV5 } from './uuid.js'
export { createDecoder } from './writer-schema.js'
