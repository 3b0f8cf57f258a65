import { BarChart } from '@mantine/charts'
import '@mantine/charts/styles.layer.css'
import { Box, Group, Text, useDirection } from '@mantine/core'
import i18next from 'i18next'
import { useId } from 'react'
import { format } from '../../lib/format.js'

export type Series = {
  readonly name: string
  readonly label: string
  readonly tone: 'accent' | 'bad' | 'good' | 'warn'
  /** Filled with stripes, so that colour is not the only difference. */
  readonly isStriped?: boolean
}

type Props = {
  readonly data: readonly (Readonly<Record<string, string | number>> & { readonly start: string })[]
  readonly series: readonly Series[]
  readonly interval: 'day' | 'week' | 'month'
  /** What is to be seen, for those who cannot see it; the table below says the same. */
  readonly label: string
}

/** Bars over time, stacked; read from the side where the reader begins. */
export function TimeChart({ data, series, interval, label }: Props) {
  const { dir } = useDirection()
  const id = useId().replace(/[^\w-]/g, '')
  const isRtl = dir === 'rtl'
  const fill = ({ name, tone, isStriped }: Series) =>
    isStriped ? `url(#${id}-${name})` : `var(--rosette-${tone})`
  return (
    <Box>
      <Box role="img" aria-label={label} dir="ltr">
        <BarChart
          h={240}
          data={data.map((row) => ({ ...row }))}
          dataKey="start"
          type="stacked"
          series={series.map((one) => ({
            name: one.name,
            label: one.label,
            color: `var(--rosette-${one.tone})`,
          }))}
          barProps={(one) => {
            const found = series.find(({ name }) => name === one.name)
            return { isAnimationActive: false, ...(found !== undefined && { fill: fill(found) }) }
          }}
          maxBarWidth={36}
          tickLine="none"
          gridAxis="x"
          textColor="var(--mantine-color-dimmed)"
          gridColor="var(--rosette-line)"
          valueFormatter={format.number}
          xAxisProps={{ tickFormatter: (day: string) => shortDay(day, interval), reversed: isRtl }}
          yAxisProps={{ allowDecimals: false, width: 44, orientation: isRtl ? 'right' : 'left' }}
          tooltipProps={{
            isAnimationActive: false,
            labelFormatter: (day) => (typeof day === 'string' ? dayText(day) : ''),
          }}
          barChartProps={{ accessibilityLayer: false }}
        >
          <defs>
            {series
              .filter(({ isStriped }) => isStriped)
              .map(({ name, tone }) => (
                <pattern
                  key={name}
                  id={`${id}-${name}`}
                  width={6}
                  height={6}
                  patternUnits="userSpaceOnUse"
                  patternTransform="rotate(45)"
                >
                  <rect width={6} height={6} fill="var(--rosette-card)" />
                  <rect width={3.5} height={6} fill={`var(--rosette-${tone})`} />
                </pattern>
              ))}
          </defs>
        </BarChart>
      </Box>
      {series.length > 1 && <Legend series={series} fill={fill} />}
    </Box>
  )
}

type LegendProps = { readonly series: readonly Series[]; readonly fill: (one: Series) => string }

function Legend({ series, fill }: LegendProps) {
  return (
    <Group gap="lg" mt="xs" justify="center">
      {series.map((one) => (
        <Group key={one.name} gap={6} wrap="nowrap">
          <svg width={14} height={14} aria-hidden>
            <rect width={14} height={14} rx={3} fill={fill(one)} />
          </svg>
          <Text size="sm">{one.label}</Text>
        </Group>
      ))}
    </Group>
  )
}

/** The first day of an interval. Noon, so that no zone makes another day of it. */
export function dayText(day: string): string {
  return format.date(`${day}T12:00:00`)
}

function shortDay(day: string, interval: Props['interval']): string {
  const style =
    interval === 'month'
      ? { month: 'short' as const, year: '2-digit' as const }
      : { day: 'numeric' as const, month: 'short' as const }
  return new Intl.DateTimeFormat(i18next.language, style).format(new Date(`${day}T12:00:00`))
}
