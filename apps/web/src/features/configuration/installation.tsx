import { Alert, Card, Progress, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { CircleAlert, CircleCheck } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { When } from '../../components/when.js'
import { format } from '../../lib/format.js'
import type { Configuration } from './configuration-queries.js'
import { sizeOf } from './size.js'

type Props = { readonly found: Configuration }

/** What `rosette check` says: that the settings are good, or every mistake with its remedy. */
export function CheckResult({ found: { problems } }: Props) {
  const { t } = useTranslation('operations')
  const isGood = problems.length === 0
  const colour = isGood ? 'good' : 'bad'
  return (
    <Alert
      variant="default"
      icon={isGood ? <CircleCheck aria-hidden /> : <CircleAlert aria-hidden />}
      title={isGood ? t('configuration.good') : t('configuration.bad', { count: problems.length })}
      styles={{
        root: { backgroundColor: `var(--rosette-${colour}-bg)`, borderColor: 'transparent' },
        title: { color: `var(--rosette-${colour})` },
        icon: { color: `var(--rosette-${colour})` },
      }}
    >
      {isGood ? (
        <Text size="sm">{t('configuration.goodText')}</Text>
      ) : (
        <Stack component="ul" gap={4} m={0} ps="lg">
          {problems.map(({ setting, problem, remedy }) => (
            <li key={`${setting} ${problem}`} lang="en">
              <Text size="sm">
                <b dir="ltr">{setting}</b> {problem} {remedy}
              </Text>
            </li>
          ))}
        </Stack>
      )}
    </Alert>
  )
}

/** The installation in four cards: the version, the database, the event log, the disk. */
export function Installation({ found }: Props) {
  const { t } = useTranslation('operations')
  const { version, node, startedAt, database, eventLog, disk } = found
  const last = database.migrations.at(-1)
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }}>
      <Fact title={t('configuration.version')} value={version}>
        {t('configuration.started')} <When at={startedAt} /> · Node {node}
      </Fact>
      <Fact title={t('configuration.database')} value={sizeOf(database.bytes)}>
        {t(`configuration.kinds.${database.kind}`, { version: database.version })}
        {last !== undefined && (
          <>
            <br />
            {database.missingMigrations.length === 0
              ? t('configuration.migrated', { count: database.migrations.length })
              : t('configuration.missing', { names: format.list(database.missingMigrations) })}
          </>
        )}
      </Fact>
      <Fact title={t('configuration.eventLog')} value={sizeOf(eventLog.bytes)}>
        {t('configuration.events', { count: eventLog.about })}
        <br />
        {eventLog.retentionMonths === null
          ? t('configuration.keptForGood')
          : t('configuration.kept', { count: eventLog.retentionMonths })}
      </Fact>
      {disk !== null && (
        <Fact title={t('configuration.disk')} value={sizeOf(disk.freeBytes)}>
          {t('configuration.free', { all: sizeOf(disk.totalBytes) })}
          <Progress
            mt={6}
            value={100 - (disk.freeBytes / disk.totalBytes) * 100}
            aria-label={t('configuration.used')}
            color="var(--rosette-accent)"
          />
        </Fact>
      )}
    </SimpleGrid>
  )
}

type FactProps = { readonly title: string; readonly value: string; readonly children: ReactNode }

function Fact({ title, value, children }: FactProps) {
  const id = useId()
  return (
    <Card component="section" aria-labelledby={id} padding="md">
      <Title order={2} size="sm" c="dimmed" fw={500} id={id}>
        {title}
      </Title>
      <Text fz={24} fw={600}>
        {value}
      </Text>
      <Text size="xs" c="dimmed" component="div">
        {children}
      </Text>
    </Card>
  )
}
