import { Card, Group, SimpleGrid, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { PersonPicture } from '../../components/person-picture.js'
import { When } from '../../components/when.js'
import type { LearnerDetail } from './learner-queries.js'

/** Who it is. */
export function LearnerHead({ learner }: { learner: LearnerDetail }) {
  const { t } = useTranslation('people')
  const { name, username, email, lmsUserId, createdAt, updatedAt } = learner
  return (
    <Card>
      <Group align="center" gap="lg">
        <PersonPicture name={name || username} size={72} />
        <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} flex={1} miw={200} spacing="lg">
          <Fact label={t('learner.username')}>{username}</Fact>
          <Fact label={t('learner.email')}>{email || t('learner.noEmail')}</Fact>
          <Fact label={t('learner.lmsUserId')}>{lmsUserId ?? t('learners.byHand')}</Fact>
          <Fact label={t('learner.known')}>
            <When at={createdAt} />
            {updatedAt !== createdAt && (
              <Text span size="xs" c="dimmed" display="block">
                {t('learner.changed')} <When at={updatedAt} />
              </Text>
            )}
          </Fact>
        </SimpleGrid>
      </Group>
    </Card>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Stack gap={0}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text component="div">{children}</Text>
    </Stack>
  )
}
