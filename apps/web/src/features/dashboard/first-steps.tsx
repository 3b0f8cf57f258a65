import { Button, Card, Group, Progress, Stack, Text, Title } from '@mantine/core'
import { Circle, CircleCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { GoButton } from '../../components/go.js'
import { format } from '../../lib/format.js'
import { useOrganization } from '../../lib/session.js'
import type { Dashboard } from './dashboard-queries.js'

type Steps = Dashboard['firstSteps']
const order = ['badge', 'preview', 'activation', 'events', 'colleague'] as const

const places: Readonly<Record<keyof Steps, string>> = {
  badge: '/badges',
  preview: '/badges',
  activation: '/badges',
  events: '/platform/events',
  colleague: '/members',
}

/** What newcomers do; ticked off by what is there, and put away when it is known. */
export function FirstSteps({ steps }: { steps: Steps }) {
  const { t } = useTranslation('operations')
  const { id, slug } = useOrganization()
  const [isAway, setAway] = usePutAway(id)
  const done = order.filter((step) => steps[step])
  if (isAway || done.length === order.length) return null
  const next = order.find((step) => !steps[step])
  return (
    <Card component="section" aria-labelledby="first-steps" padding="lg">
      <Group justify="space-between" align="flex-start">
        <Stack gap={2}>
          <Title order={2} size="h4" id="first-steps">
            {t('steps.title')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('steps.done', {
              done: format.number(done.length),
              all: format.number(order.length),
            })}
          </Text>
        </Stack>
        <Button variant="subtle" size="xs" c="var(--rosette-accent)" onClick={setAway}>
          {t('steps.putAway')}
        </Button>
      </Group>
      <Progress
        value={(done.length / order.length) * 100}
        my="sm"
        aria-label={t('steps.title')}
        color="var(--rosette-accent)"
      />
      <Stack component="ol" gap={0} m={0} p={0} style={{ listStyle: 'none' }}>
        {order.map((step) => (
          <Step key={step} step={step} isDone={steps[step]} isNext={step === next} slug={slug} />
        ))}
      </Stack>
    </Card>
  )
}

type StepProps = {
  readonly step: keyof Steps
  readonly isDone: boolean
  readonly isNext: boolean
  readonly slug: string
}

function Step({ step, isDone, isNext, slug }: StepProps) {
  const { t } = useTranslation('operations')
  const Icon = isDone ? CircleCheck : Circle
  const place = places[step]
  const to = place.startsWith('/platform') ? place : `/o/${slug}${place}`
  return (
    <Group component="li" gap="sm" py="xs" wrap="nowrap" justify="space-between">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Icon
          size={22}
          color={isDone ? 'var(--rosette-good)' : 'var(--mantine-color-dimmed)'}
          role="img"
          aria-label={isDone ? t('steps.isDone') : t('steps.isOpen')}
          style={{ flex: 'none' }}
        />
        <div>
          <Text fw={isNext ? 600 : 500} {...(isDone && { c: 'dimmed' })}>
            {t(`steps.${step}.title`)}
          </Text>
          {!isDone && (
            <Text size="sm" c="dimmed">
              {t(`steps.${step}.text`)}
            </Text>
          )}
        </div>
      </Group>
      {!isDone && (
        <GoButton
          to={to}
          size="xs"
          variant={isNext ? 'filled' : 'default'}
          label={t(`steps.${step}.title`)}
        >
          {t(`steps.${step}.go`)}
        </GoButton>
      )}
    </Group>
  )
}

function usePutAway(organizationId: string): readonly [boolean, () => void] {
  const key = `rosette-first-steps-${organizationId}`
  const [isAway, setAway] = useState(() => read(key))
  return [
    isAway,
    () => {
      setAway(true)
      try {
        localStorage.setItem(key, 'away')
      } catch {
        // It is away until the page is left, then.
      }
    },
  ]
}

function read(key: string): boolean {
  try {
    return localStorage.getItem(key) !== null
  } catch {
    return false
  }
}
