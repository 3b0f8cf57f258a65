import { Anchor, Button, Card, Table, VisuallyHidden } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Confirm } from '../../components/confirm.js'
import { tellDone } from '../../components/tell.js'
import { When } from '../../components/when.js'
import {
  deleteOrganization,
  type Organization,
  organizationsChanged,
} from './organization-queries.js'

export function OrganizationTable({ organizations }: { organizations: readonly Organization[] }) {
  const { t } = useTranslation(['account', 'common'])
  const [leaving, setLeaving] = useState<Organization>()
  const remove = useMutation({
    mutationFn: ({ id }: Organization) => deleteOrganization(id),
    onSuccess: async (_, { name }) => {
      setLeaving(undefined)
      tellDone(t('organizations.removed', { name }))
      await organizationsChanged()
    },
  })
  return (
    <Card>
      <Table.ScrollContainer minWidth={480} scrollAreaProps={{ tabIndex: 0 }}>
        <Table aria-label={t('organizations.title')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('organization.name')}</Table.Th>
              <Table.Th>{t('organizations.since')}</Table.Th>
              <Table.Th>
                <VisuallyHidden>{t('tokens.actions')}</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {organizations.map((one) => (
              <Table.Tr key={one.id}>
                <Table.Td>
                  <Anchor
                    renderRoot={(props) => (
                      <Link to="/o/$organization" params={{ organization: one.slug }} {...props} />
                    )}
                  >
                    {one.name}
                  </Anchor>
                </Table.Td>
                <Table.Td>
                  <When at={one.createdAt} />
                </Table.Td>
                <Table.Td ta="end">
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={t('organizations.removeTitle', { name: one.name })}
                    onClick={() => setLeaving(one)}
                  >
                    {t('common:delete')}
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Confirm
        isOpen={leaving !== undefined}
        onClose={() => setLeaving(undefined)}
        title={t('organizations.removeTitle', { name: leaving?.name ?? '' })}
        confirm={t('common:delete')}
        isDangerous
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() => leaving !== undefined && remove.mutate(leaving)}
      >
        {t('organizations.removeText')}
      </Confirm>
    </Card>
  )
}
