import { Tooltip } from '@mantine/core'
import { format } from '../lib/format.js'

/** How long ago; the exact time, in the zone of the reader, when it is pointed at or focused. */
export function When({ at }: { at: string }) {
  return (
    <Tooltip label={format.exact(at)} events={{ hover: true, focus: true, touch: true }}>
      <time dateTime={at}>{format.relative(at)}</time>
    </Tooltip>
  )
}
