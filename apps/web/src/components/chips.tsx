import { Badge } from '@mantine/core'
import { Circle, CircleAlert, CircleCheck, CircleX, Clock } from 'lucide-react'
import type { ReactNode } from 'react'

export type Tone = 'good' | 'warn' | 'bad' | 'quiet' | 'waiting'

const icons = {
  good: CircleCheck,
  warn: CircleAlert,
  bad: CircleX,
  quiet: Circle,
  waiting: Clock,
} as const

/** A state: a shape and a word, never colour alone. */
export function Chip({ tone, children }: { tone: Tone; children: ReactNode }) {
  const Icon = icons[tone]
  const colour = tone === 'waiting' ? 'quiet' : tone
  return (
    <Badge
      variant="default"
      tt="none"
      fw={500}
      size="lg"
      leftSection={<Icon size={14} aria-hidden />}
      styles={{
        root: {
          color: `var(--rosette-${colour})`,
          backgroundColor: `var(--rosette-${colour}-bg)`,
          borderColor: 'transparent',
        },
      }}
    >
      {children}
    </Badge>
  )
}
