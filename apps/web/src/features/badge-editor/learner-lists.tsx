import { Anchor, Card, Group, RingProgress, Stack, Table, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleCheck, CircleDashed } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { More } from '../../components/more.js'
import { PersonPicture } from '../../components/person-picture.js'
import { Await, Empty } from '../../components/states.js'
import { When } from '../../components/when.js'
import type { Schema } from '../../lib/api.js'
import { format } from '../../lib/format.js'
import { awardsQuery, onTheWayQuery } from './learner-queries.js'

type Props = { readonly templateId: string; readonly organization: string }
type Learner = Schema<'LearnerName'>

/** Who has the badge now, or had it. */
export function HolderList({
  templateId,
  organization,
  status,
}: Props & { readonly status: 'awarded' | 'revoked' }) {
  const { t } = useTranslation('badges')
  const query = useInfiniteQuery(awardsQuery(templateId, status))
  const isLost = status === 'revoked'
  return (
    <Await
      query={query}
      isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
      empty={
        <Empty title={t(isLost ? 'learners.noneLost' : 'learners.noneHold')}>
          {t(isLost ? 'learners.noneLostText' : 'learners.noneHoldText')}
        </Empty>
      }
    >
      {({ pages }) => (
        <Stack>
          <Card padding={0}>
            <Table.ScrollContainer minWidth={460}>
              <Table aria-label={t(isLost ? 'learners.lost' : 'learners.hold')}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t('learners.learner')}</Table.Th>
                    <Table.Th>{t('learners.since')}</Table.Th>
                    <Table.Th>{t(isLost ? 'learners.why' : 'learners.how')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {pages.flatMap(({ items }) =>
                    items.map((award) => (
                      <Table.Tr key={award.id}>
                        <Table.Td>
                          <Person learner={award.learner} organization={organization} />
                        </Table.Td>
                        <Table.Td>
                          <When at={(isLost ? award.revokedAt : null) ?? award.awardedAt} />
                        </Table.Td>
                        <Table.Td>
                          {isLost
                            ? (award.revocationReason ??
                              t(`learners.by.${award.revokedBy ?? 'rules'}`))
                            : t(`learners.by.${award.source}`)}
                          {award.instance !== null && (
                            <Text size="xs" c="dimmed" dir="ltr">
                              {award.instance}
                            </Text>
                          )}
                        </Table.Td>
                      </Table.Tr>
                    )),
                  )}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          </Card>
          <More pages={query} />
        </Stack>
      )}
    </Await>
  )
}

/** Who is on the way, and what each has done so far. */
export function OnTheWayList({ templateId, organization }: Props) {
  const { t } = useTranslation('badges')
  const query = useInfiniteQuery(onTheWayQuery(templateId))
  return (
    <Await
      query={query}
      isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
      empty={<Empty title={t('learners.noneBegun')}>{t('learners.noneBegunText')}</Empty>}
    >
      {({ pages }) => (
        <Stack>
          <Stack component="ul" p={0} m={0} gap="sm">
            {pages.flatMap(({ items }) =>
              items.map((progress) => (
                <Way
                  key={`${progress.learner.id} ${progress.instance}`}
                  progress={progress}
                  organization={organization}
                />
              )),
            )}
          </Stack>
          <More pages={query} />
        </Stack>
      )}
    </Await>
  )
}

type WayProps = { readonly progress: Schema<'Progress'>; readonly organization: string }

function Way({ progress, organization }: WayProps) {
  const { t } = useTranslation('badges')
  const { learner, ratio, groups, instance } = progress
  return (
    <Card component="li" padding="sm" style={{ listStyle: 'none' }}>
      <Group justify="space-between" gap="sm">
        <Group gap="sm" wrap="nowrap" miw={0}>
          <RingProgress
            size={56}
            thickness={6}
            roundCaps
            rootColor="var(--rosette-quiet-bg)"
            sections={[{ value: ratio * 100, color: 'var(--rosette-accent)' }]}
            label={
              <Text size="xs" ta="center" fw={600}>
                {format.percent(ratio)}
              </Text>
            }
            role="img"
            aria-label={t('learners.ratio', { ratio: format.percent(ratio) })}
          />
          <div>
            <Person learner={learner} organization={organization} isPlain />
            {instance !== null && (
              <Text size="xs" c="dimmed" dir="ltr">
                {instance}
              </Text>
            )}
          </div>
        </Group>
        <Group component="ul" gap="sm" p={0} m={0}>
          {groups.map(({ group, fulfilled, requirements }) => (
            <Group key={group} component="li" gap={4} wrap="nowrap" style={{ listStyle: 'none' }}>
              {fulfilled ? (
                <CircleCheck
                  size={16}
                  color="var(--rosette-good)"
                  aria-label={t('learners.fulfilled')}
                />
              ) : (
                <CircleDashed
                  size={16}
                  color="var(--rosette-quiet)"
                  aria-label={t('learners.missing')}
                />
              )}
              <Text size="sm">
                {format.list(
                  requirements.map(({ description, id }) => description ?? id),
                  'disjunction',
                )}
              </Text>
            </Group>
          ))}
        </Group>
      </Group>
    </Card>
  )
}

type PersonProps = {
  readonly learner: Learner
  readonly organization: string
  readonly isPlain?: boolean
}

function Person({ learner, organization, isPlain = false }: PersonProps) {
  const { id, name, username } = learner
  return (
    <Group gap="sm" wrap="nowrap">
      {!isPlain && <PersonPicture name={name || username} size={32} />}
      <div>
        <Anchor
          fw={600}
          renderRoot={(props) => <Link to={`/o/${organization}/learners/${id}`} {...props} />}
        >
          {name || username}
        </Anchor>
        {name !== '' && (
          <Text size="xs" c="dimmed">
            {username}
          </Text>
        )}
      </div>
    </Group>
  )
}
