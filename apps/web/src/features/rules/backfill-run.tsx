import { Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import {
  BackfillBar,
  BackfillChanges,
  BackfillCounts,
  BackfillState,
} from '../../components/backfill-view.js'
import { GoLink } from '../../components/go.js'
import { Problem } from '../../components/states.js'
import { useOrganization } from '../../lib/session.js'
import { backfillExamplesQuery, backfillQuery, isUnderWay } from './rule-queries.js'

type Props = {
  readonly id: string
  /** A requirement in words. */
  readonly nameOf?: (requirement: string) => string
}

/** A backfill under way, with the way to its own page: it goes on when this is closed. */
export function BackfillRun({ id, nameOf }: Props) {
  const { t } = useTranslation('rules')
  const { slug } = useOrganization()
  const query = useQuery(backfillQuery(id))
  const isOver = query.data !== undefined && !isUnderWay(query.data)
  const examples = useQuery({ ...backfillExamplesQuery(id), enabled: isOver })
  if (query.isError) {
    return <Problem error={query.error} onRetry={() => void query.refetch()} />
  }
  if (query.data === undefined) return <Skeleton height={64} aria-hidden />
  const { error, kind, template } = query.data
  return (
    <Stack gap="sm" role="status">
      {!isOver && (
        <>
          <BackfillState state={query.data.state} />
          <BackfillBar backfill={query.data} />
        </>
      )}
      {(isOver || kind === 'run') && <BackfillCounts {...query.data} />}
      {error !== null && <Text c="var(--rosette-bad)">{error}</Text>}
      {examples.data !== undefined && examples.data.length > 0 && (
        <BackfillChanges
          changes={examples.data}
          label={t('backfills.examples')}
          templateId={template.id}
          {...(nameOf !== undefined && { nameOf })}
        />
      )}
      <GoLink to={`/o/${slug}/backfills/${id}`}>
        {isOver ? t('backfills.seeAll') : t('backfills.follow')}
      </GoLink>
    </Stack>
  )
}

/** The first of those whom it concerns. */
export function BackfillExamples({ id, nameOf }: Props) {
  const { t } = useTranslation('rules')
  const { data = [] } = useQuery(backfillExamplesQuery(id))
  const [first] = data
  if (first === undefined) return null
  return (
    <BackfillChanges
      changes={data.slice(0, 5)}
      label={t('backfills.examples')}
      templateId={first.template.id}
      {...(nameOf !== undefined && { nameOf })}
    />
  )
}
