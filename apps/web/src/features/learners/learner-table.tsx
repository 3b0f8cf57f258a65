import { Card, Group, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../components/chips.js'
import { GoLink } from '../../components/go.js'
import { PersonPicture } from '../../components/person-picture.js'
import { When } from '../../components/when.js'
import type { Learner } from './learner-queries.js'

type Props = { readonly learners: readonly Learner[]; readonly base: string }

/** Learners, each leading to their own page. */
export function LearnerTable({ learners, base }: Props) {
  const { t } = useTranslation('people')
  return (
    <Card p={0}>
      <Table.ScrollContainer minWidth={560} type="native">
        <Table aria-label={t('learners.title')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('learners.learner')}</Table.Th>
              <Table.Th>{t('learners.email')}</Table.Th>
              <Table.Th>{t('learners.lmsUserId')}</Table.Th>
              <Table.Th>{t('learners.known')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {learners.map((learner) => (
              <Row key={learner.id} learner={learner} base={base} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Card>
  )
}

function Row({ learner, base }: { learner: Learner; base: string }) {
  const { t } = useTranslation('people')
  const { id, name, username, email, lmsUserId, isActive, createdAt } = learner
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="sm" wrap="nowrap">
          <PersonPicture name={name || username} />
          <div>
            <GoLink to={`${base}/learners/${id}`}>{name || username}</GoLink>
            <Text size="xs" c="dimmed" dir="auto">
              {username}
            </Text>
          </div>
          {!isActive && <Chip tone="quiet">{t('learner.inactive')}</Chip>}
        </Group>
      </Table.Td>
      <Table.Td>{email}</Table.Td>
      <Table.Td>
        {lmsUserId ?? (
          <Text span c="dimmed" size="sm">
            {t('learners.byHand')}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <When at={createdAt} />
      </Table.Td>
    </Table.Tr>
  )
}
