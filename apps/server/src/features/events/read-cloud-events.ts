import type { IncomingHttpHeaders } from 'node:http'
import { AppError } from '../../http/app-error.js'
import { messageOf } from '../../telemetry/message-of.js'
import type { CloudEvent } from './cloud-events.js'

const batchType = 'application/cloudevents-batch+json'
const structuredType = 'application/cloudevents+json'
const avroTypes = ['application/avro', 'avro/binary', 'application/vnd.apache.avro+binary']

/** The CloudEvents of a request, in any mode of the HTTP binding (CloudEvents 1.0, section 3). */
export function readCloudEvents(headers: IncomingHttpHeaders, body: Buffer): readonly CloudEvent[] {
  const type = mediaType(headers['content-type'] ?? '')
  if (type === batchType) {
    const batch = parseJson(body)
    if (Array.isArray(batch)) return batch.map(structured)
    throw new AppError('request-invalid', `The body of ${batchType} must be a list of events.`)
  }
  if (type === structuredType) return [structured(parseJson(body), 0)]
  if (headers['ce-specversion'] === undefined) {
    const remedy = `Send ${structuredType}, ${batchType}, or the attributes in ce- headers.`
    throw new AppError('unsupported-media-type', `This is no CloudEvent. ${remedy}`)
  }
  return [{ attributes: attributesIn(headers), data: dataOf(type, body) }]
}

function structured(event: unknown, index: number): CloudEvent {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    const faults = [{ path: `[${index}]`, reason: 'Must be an object.' }]
    throw new AppError('request-invalid', 'A CloudEvent is a JSON object.', { faults })
  }
  const attributes: Record<string, unknown> = { ...event }
  const { data, data_base64: base64, datacontenttype } = attributes
  const type = typeof datacontenttype === 'string' ? mediaType(datacontenttype) : ''
  if (typeof base64 === 'string') {
    return { attributes, data: dataOf(type, Buffer.from(base64, 'base64')) }
  }
  return { attributes, data: data === undefined || data === null ? null : { json: data } }
}

function dataOf(type: string, body: Buffer): CloudEvent['data'] {
  if (body.length === 0) return null
  if (avroTypes.includes(type)) return { avro: body }
  if (type === '' || type === 'application/json' || type.endsWith('+json')) {
    return { json: parseJson(body) }
  }
  const message = `Data of type ${type} cannot be read; send application/json or application/avro.`
  throw new AppError('unsupported-media-type', message)
}

function attributesIn(headers: IncomingHttpHeaders): Record<string, unknown> {
  const names = Object.keys(headers).filter((name) => name.startsWith('ce-'))
  return Object.fromEntries(names.map((name) => [name.slice(3), decoded(headers[name])]))
}

// Section 3.1.3.2: what is not printable ASCII is percent-encoded.
function decoded(value: string | string[] | undefined): unknown {
  if (typeof value !== 'string') return value
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (cause) {
    const reason = messageOf(cause)
    throw new AppError('request-invalid', `The body is no JSON: ${reason}`, { cause })
  }
}

function mediaType(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase()
}
