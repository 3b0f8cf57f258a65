import { RingProgress, Text } from '@mantine/core'
import { format } from '../../lib/format.js'

type Props = { readonly ratio: number; readonly label: string; readonly size?: number }

/** How far somebody is, as a ring and in numbers. */
export function Ring({ ratio, label, size = 76 }: Props) {
  return (
    <RingProgress
      size={size}
      thickness={Math.max(6, Math.round(size / 11))}
      roundCaps
      aria-label={label}
      role="img"
      sections={[{ value: ratio * 100, color: 'rosette' }]}
      rootColor="var(--rosette-quiet-bg)"
      style={{ flex: 'none' }}
      label={
        <Text ta="center" size={size > 70 ? 'sm' : 'xs'} fw={600} component="span" display="block">
          {format.percent(ratio)}
        </Text>
      }
    />
  )
}
