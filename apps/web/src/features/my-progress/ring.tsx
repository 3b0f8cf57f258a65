import { format } from '../../lib/format.js'

type Props = { readonly ratio: number; readonly label: string; readonly size?: number }

/** How far somebody is, as a ring and in numbers. */
export function Ring({ ratio, label, size = 76 }: Props) {
  const radius = 42
  const around = 2 * Math.PI * radius
  const circle = { cx: 50, cy: 50, r: radius, fill: 'none', strokeWidth: 10 }
  return (
    <svg
      viewBox="0 0 100 100"
      width={size}
      height={size}
      role="img"
      aria-label={label}
      style={{ flex: 'none' }}
    >
      <circle {...circle} stroke="var(--rosette-quiet-bg)" />
      {ratio > 0 && (
        <circle
          {...circle}
          stroke="var(--rosette-accent)"
          strokeLinecap="round"
          strokeDasharray={`${around * ratio} ${around}`}
          transform="rotate(-90 50 50)"
        />
      )}
      <text
        x="50"
        y="51"
        textAnchor="middle"
        dominantBaseline="central"
        fontSize={size > 70 ? 19 : 23}
        fontWeight={600}
        fill="var(--mantine-color-text)"
      >
        {format.percent(ratio)}
      </text>
    </svg>
  )
}
