import { Box, Card, Group, Stack, Text } from '@mantine/core'
import { CircleCheck, CircleX, Clock, Copy, type LucideIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Picture } from '../../components/badge-picture.js'
import { GoButton } from '../../components/go.js'
import { ReportChecks } from '../../components/report-checks.js'
import { Problem } from '../../components/states.js'
import { pictureOf } from '../../lib/backpack.js'
import type { ImportResult } from './import-queries.js'
import type { Outcome } from './use-imports.js'

/** What came of one thing that was given. */
export function ImportOutcome({ outcome }: { readonly outcome: Outcome }) {
  const { t } = useTranslation('backpack')
  const { name, results, error } = outcome
  if (results === undefined) {
    return (
      <Stack gap={4}>
        <Text size="sm" fw={500} dir="auto">
          {name}
        </Text>
        <Problem error={error} />
      </Stack>
    )
  }
  if (results.length === 0) {
    return <Text size="sm">{t('import.emptyArchive', { name })}</Text>
  }
  return results.map((result, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: what came of it never changes its order
    <ResultCard key={at} name={result.name ?? name} result={result} />
  ))
}

type Look = { readonly icon: LucideIcon; readonly colour: 'good' | 'warn' | 'bad' | 'quiet' }
const looks: Readonly<Record<ImportResult['outcome'], Look>> = {
  kept: { icon: CircleCheck, colour: 'good' },
  waiting: { icon: Clock, colour: 'warn' },
  duplicate: { icon: Copy, colour: 'quiet' },
  refused: { icon: CircleX, colour: 'bad' },
}

type ResultProps = { readonly name: string; readonly result: ImportResult }

/** The result as a sentence, what to do next, and what was looked at, folded. */
function ResultCard({ name, result }: ResultProps) {
  const { t } = useTranslation('backpack')
  const { outcome, message, report, inside } = result
  // A learner record has no picture of its own; its badges have theirs, below.
  const badge = inside === undefined ? result.badge : null
  const { icon: Icon, colour } = looks[outcome]
  return (
    <Card padding="md" style={{ borderInlineStart: `4px solid var(--rosette-${colour})` }}>
      <Group gap="md" wrap="nowrap" align="flex-start">
        {badge === null ? (
          <Icon
            size={28}
            color={`var(--rosette-${colour})`}
            aria-hidden
            style={{ flex: 'none', marginTop: 2 }}
          />
        ) : (
          <Picture src={pictureOf(badge)} size={64} />
        )}
        <Stack gap="xs" flex={1} miw={0} align="flex-start">
          <Box>
            <Group gap={6} wrap="nowrap" c={`var(--rosette-${colour})`}>
              <Icon size={16} aria-hidden />
              <Text size="sm" fw={600}>
                {t(`import.outcome.${outcome}`)}
              </Text>
            </Group>
            <Text fw={600} dir="auto">
              {badge?.name ?? name}
            </Text>
            <Text size="sm">{message}</Text>
          </Box>
          {inside === undefined && <NextStep result={result} />}
          {report !== null && <ReportChecks report={report} />}
        </Stack>
      </Group>
      {inside !== undefined && (
        <Stack component="ul" gap="sm" mt="md" p={0} style={{ listStyle: 'none' }}>
          {inside.map((part, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: what came of it never changes its order
            <li key={at}>
              <ResultCard name={part.name ?? name} result={part} />
            </li>
          ))}
        </Stack>
      )}
    </Card>
  )
}

function NextStep({ result: { outcome, badge } }: { readonly result: ImportResult }) {
  const { t } = useTranslation('backpack')
  if (outcome === 'waiting') {
    return (
      <GoButton to="/settings#addresses" size="xs">
        {t('import.addAddress')}
      </GoButton>
    )
  }
  if (badge === null) return null
  return (
    <GoButton
      to={`/badges/${badge.id}`}
      size="xs"
      variant="default"
      label={t('fresh.lookAt', { name: badge.name })}
    >
      {t('fresh.look')}
    </GoButton>
  )
}
