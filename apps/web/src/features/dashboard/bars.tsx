import { Box, useDirection } from '@mantine/core'

type Props = {
  readonly values: readonly number[]
  readonly tone: 'accent' | 'bad'
}

const height = 44
const step = 10

/** A bar for each day, the latest at the end; the table beside it says the same in words. */
export function Bars({ values, tone }: Props) {
  const most = Math.max(1, ...values)
  const { dir } = useDirection()
  return (
    <Box
      component="svg"
      viewBox={`0 0 ${values.length * step} ${height}`}
      preserveAspectRatio="none"
      w="100%"
      h={height}
      mt={6}
      aria-hidden
      display="block"
      {...(dir === 'rtl' && { style: { transform: 'scaleX(-1)' } })}
    >
      {values.map((value, at) => {
        const size = value === 0 ? 2 : Math.max(4, (value / most) * height)
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a day has its place
            key={at}
            x={at * step + 1}
            y={height - size}
            width={step - 2}
            height={size}
            rx={1.5}
            fill={value === 0 ? 'var(--rosette-line)' : `var(--rosette-${tone})`}
          />
        )
      })}
    </Box>
  )
}
