import { Button, Card, Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../components/chips.js'
import { Confirm } from '../../components/confirm.js'
import { PersonPicture } from '../../components/person-picture.js'
import { tellDone, tellProblem } from '../../components/tell.js'
import { answer, api, done } from '../../lib/api.js'
import { type Member, membersChanged, type Role } from './member-queries.js'
import { RoleSelect } from './role-select.js'

type Props = {
  readonly organizationId: string
  readonly members: readonly Member[]
  readonly mayEdit: boolean
}

/** Who belongs to the organization, and as what. */
export function MemberList({ organizationId, members, mayEdit }: Props) {
  const { t } = useTranslation(['account', 'common'])
  const [leaving, setLeaving] = useState<Member>()
  const remove = useMutation({
    mutationFn: ({ userId }: Member) =>
      done(
        api.DELETE('/api/v1/organizations/{id}/members/{userId}', {
          params: { path: { id: organizationId, userId } },
        }),
      ),
    onSuccess: async (_, { name }) => {
      setLeaving(undefined)
      tellDone(t('members.removed', { name }))
      await membersChanged()
    },
  })
  return (
    <Card>
      <Stack component="ul" gap="md" p={0} m={0} style={{ listStyle: 'none' }}>
        {members.map((member) => (
          <Row
            key={member.userId}
            member={member}
            organizationId={organizationId}
            {...(mayEdit && { onRemove: () => setLeaving(member) })}
          />
        ))}
      </Stack>
      <Confirm
        isOpen={leaving !== undefined}
        onClose={() => setLeaving(undefined)}
        title={t('members.removeTitle', { name: leaving?.name ?? '' })}
        confirm={t('common:remove')}
        isDangerous
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() => leaving !== undefined && remove.mutate(leaving)}
      >
        {t('members.removeText')}
      </Confirm>
    </Card>
  )
}

type RowProps = {
  readonly member: Member
  readonly organizationId: string
  readonly onRemove?: () => void
}

function Row({ member, organizationId, onRemove }: RowProps) {
  const { t } = useTranslation(['account', 'common'])
  const { userId, name, email, role, claimedFrom, isDisabled } = member
  const change = useMutation({
    mutationFn: (wanted: Role) =>
      answer(
        api.PATCH('/api/v1/organizations/{id}/members/{userId}', {
          params: { path: { id: organizationId, userId } },
          body: { role: wanted },
        }),
      ),
    onSuccess: async () => {
      tellDone(t('common:saved'))
      await membersChanged()
    },
    onError: tellProblem,
  })
  return (
    <Group component="li" justify="space-between" gap="sm">
      <Group gap="sm" wrap="nowrap" miw={0}>
        <PersonPicture name={name} />
        <div>
          <Group gap="xs">
            <Text fw={500}>{name}</Text>
            {isDisabled && <Chip tone="bad">{t('users.disabled')}</Chip>}
          </Group>
          <Text size="sm" c="dimmed">
            {email}
          </Text>
          {claimedFrom !== null && (
            <Text size="xs" c="dimmed">
              {t('members.claimed', { provider: claimedFrom })}
            </Text>
          )}
        </div>
      </Group>
      <Group gap="sm">
        {onRemove === undefined ? (
          <Text>{t(`roles.${role}`)}</Text>
        ) : (
          <>
            <RoleSelect
              label={t('members.roleOf', { name })}
              isLabelHidden
              value={role}
              isDisabled={change.isPending}
              onChange={(wanted) => change.mutate(wanted)}
            />
            <Button
              variant="default"
              onClick={onRemove}
              aria-label={t('members.removeTitle', { name })}
            >
              {t('common:remove')}
            </Button>
          </>
        )}
      </Group>
    </Group>
  )
}
