import {
  Alert,
  Button,
  Card,
  Group,
  Skeleton,
  Stack,
  Text,
  Title,
  VisuallyHidden,
} from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { areaPath } from '../config/places.js'
import { ProblemError } from '../lib/problem.js'
import { problemWords } from './problem-words.js'

/** The shape of what comes, so that nothing jumps when it is there. */
export function Loading({ label, rows = 4 }: { label?: string; rows?: number }) {
  const { t } = useTranslation()
  return (
    <Stack gap="sm" role="status" aria-live="polite">
      <VisuallyHidden>{label ?? t('loading')}</VisuallyHidden>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders are all the same
        <Skeleton key={index} height={index === 0 ? 28 : 52} radius="md" aria-hidden />
      ))}
    </Stack>
  )
}

type ProblemProps = { readonly error: unknown; readonly onRetry?: () => void }

/** What happened, and what to do. */
export function Problem({ error, onRetry }: ProblemProps) {
  const { t } = useTranslation()
  const { title, text, isSignedOut } = problemWords(error)
  return (
    <Alert
      role="alert"
      icon={<CircleAlert aria-hidden />}
      title={title}
      variant="default"
      styles={{
        root: { backgroundColor: 'var(--rosette-bad-bg)', borderColor: 'var(--rosette-bad)' },
        title: { color: 'var(--rosette-bad)' },
        icon: { color: 'var(--rosette-bad)' },
      }}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{text}</Text>
        {error instanceof ProblemError && error.faults.length > 0 && (
          <ul>
            {error.faults.map(({ path, reason }) => (
              <li key={`${path} ${reason}`}>
                <Text size="sm">{reason}</Text>
              </li>
            ))}
          </ul>
        )}
        {isSignedOut === true && (
          // In a tab of its own, so that what was entered here stays.
          <Button
            component="a"
            href={`${areaPath}sign-in`}
            target="_blank"
            size="xs"
            variant="default"
          >
            {t('problem.signIn')}
          </Button>
        )}
        {onRetry !== undefined && (
          <Button size="xs" variant="default" onClick={onRetry}>
            {t('problem.retry')}
          </Button>
        )}
      </Stack>
    </Alert>
  )
}

type EmptyProps = {
  readonly title: string
  /** What the place is for. */
  readonly children?: ReactNode
  readonly picture?: ReactNode
  /** The first step. */
  readonly action?: ReactNode
}

/** A place with nothing in it yet says what it is for, and offers the first step. */
export function Empty({ title, children, picture, action }: EmptyProps) {
  return (
    <Card padding="xl">
      <Stack align="center" gap="sm" ta="center" py="lg">
        {picture}
        <Title order={2} size="h4">
          {title}
        </Title>
        {children !== undefined && (
          <Text c="dimmed" maw={480}>
            {children}
          </Text>
        )}
        {action !== undefined && <Group mt="xs">{action}</Group>}
      </Stack>
    </Card>
  )
}

type AwaitProps<Data> = {
  readonly query: UseQueryResult<Data>
  /** What is being waited for, for those who cannot see. */
  readonly label?: string
  readonly loading?: ReactNode
  readonly isEmpty?: (data: Data) => boolean
  readonly empty?: ReactNode
  readonly children: (data: Data) => ReactNode
}

/** The four states of everything that is fetched: each visible, each announced. */
export function Await<Data>({ query, label, loading, isEmpty, empty, children }: AwaitProps<Data>) {
  if (query.isPending) return loading ?? <Loading {...(label !== undefined && { label })} />
  if (query.isError) return <Problem error={query.error} onRetry={() => void query.refetch()} />
  if (isEmpty?.(query.data)) return empty
  return children(query.data)
}
