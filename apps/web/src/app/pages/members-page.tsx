import { Button, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../../components/page.js'
import { Await, Empty } from '../../components/states.js'
import { InvitationList } from '../../features/members/invitation-list.js'
import { Invite } from '../../features/members/invite.js'
import { MemberList } from '../../features/members/member-list.js'
import { invitationsQuery, membersQuery } from '../../features/members/member-queries.js'
import { useMay, useOrganization } from '../../lib/session.js'

export function MembersPage() {
  const { t } = useTranslation('account')
  const { id } = useOrganization()
  const mayEdit = useMay()('member:edit')
  const [isInviting, setInviting] = useState(false)
  const members = useQuery(membersQuery(id))
  const invite = (
    <Button leftSection={<UserPlus size={16} aria-hidden />} onClick={() => setInviting(true)}>
      {t('members.invite')}
    </Button>
  )
  return (
    <Page
      title={t('members.title')}
      about={t('members.about')}
      {...(mayEdit && { actions: invite })}
    >
      <Await
        query={members}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <Empty title={t('members.none')} {...(mayEdit && { action: invite })}>
            {t('members.noneText')}
          </Empty>
        }
      >
        {({ items }) => <MemberList organizationId={id} members={items} mayEdit={mayEdit} />}
      </Await>
      <Invited organizationId={id} mayEdit={mayEdit} />
      <Invite organizationId={id} isOpen={isInviting} onClose={() => setInviting(false)} />
    </Page>
  )
}

function Invited({ organizationId, mayEdit }: { organizationId: string; mayEdit: boolean }) {
  const { t } = useTranslation('account')
  const invitations = useQuery(invitationsQuery(organizationId))
  return (
    <Await query={invitations} isEmpty={({ items }) => items.length === 0} empty={null}>
      {({ items }) => (
        <Stack component="section" gap="sm" aria-labelledby="invited">
          <Title order={2} size="h4" id="invited">
            {t('members.waiting')}
          </Title>
          <InvitationList invitations={items} mayEdit={mayEdit} />
        </Stack>
      )}
    </Await>
  )
}
