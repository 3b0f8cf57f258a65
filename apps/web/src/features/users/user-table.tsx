import { Card, Table, Text, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../components/chips.js'
import { When } from '../../components/when.js'
import { format } from '../../lib/format.js'
import { UserActions } from './user-actions.js'
import type { User } from './user-queries.js'

/** Everybody who may sign in. */
export function UserTable({ users, me }: { users: readonly User[]; me: string }) {
  const { t } = useTranslation(['account', 'common'])
  return (
    <Card>
      <Table.ScrollContainer minWidth={680} scrollAreaProps={{ tabIndex: 0 }}>
        <Table aria-label={t('users.title')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('users.person')}</Table.Th>
              <Table.Th>{t('users.belongs')}</Table.Th>
              <Table.Th>{t('users.seen')}</Table.Th>
              <Table.Th>
                <VisuallyHidden>{t('tokens.actions')}</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {users.map((user) => (
              <Table.Tr key={user.id}>
                <Table.Td>
                  <Text fw={500}>{user.name}</Text>
                  <Text size="sm" c="dimmed">
                    {user.email}
                  </Text>
                  {user.isAdministrator && <Chip tone="good">{t('users.administrator')}</Chip>}
                  {user.disabledAt !== null && <Chip tone="bad">{t('users.disabled')}</Chip>}
                </Table.Td>
                <Table.Td>
                  {user.organizations.length === 0
                    ? t('common:none')
                    : format.list(user.organizations.map(({ name }) => name))}
                </Table.Td>
                <Table.Td>
                  {user.lastSeenAt === null ? t('common:never') : <When at={user.lastSeenAt} />}
                </Table.Td>
                <Table.Td ta="end">
                  <UserActions user={user} isMe={user.id === me} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Card>
  )
}
