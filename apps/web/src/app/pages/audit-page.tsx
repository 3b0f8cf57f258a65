import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { More } from '../../components/more.js'
import { Page } from '../../components/page.js'
import { Empty, Loading, Problem } from '../../components/states.js'
import { AuditList } from '../../features/audit/audit-list.js'
import { auditFile, auditQuery } from '../../features/audit/audit-queries.js'
import { useOrganization } from '../../lib/session.js'

const route = getRouteApi('/console/o/$organization/audit')
const fields = ['actor', 'action', 'subject'] as const

export function AuditPage() {
  const { t } = useTranslation(['account', 'common'])
  const { id: organizationId } = useOrganization()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const filters = { organizationId, ...search }
  return (
    <Page
      title={t('audit.title')}
      about={t('audit.about')}
      actions={
        <Button component="a" variant="default" href={auditFile(filters)} download>
          {t('common:csv')}
        </Button>
      }
    >
      <Stack gap="md">
        <Group gap="sm" align="flex-end" role="search">
          {fields.map((field) => (
            <TextInput
              key={field}
              label={t(`audit.filters.${field}`)}
              placeholder={t(`audit.examples.${field}`)}
              defaultValue={search[field] ?? ''}
              onBlur={(event) => {
                const value = event.currentTarget.value.trim()
                void navigate({ search: (old) => ({ ...old, [field]: value || undefined }) })
              }}
              onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
            />
          ))}
        </Group>
        <Entries filters={filters} />
      </Stack>
    </Page>
  )
}

function Entries({ filters }: { filters: Parameters<typeof auditQuery>[0] }) {
  const { t } = useTranslation(['account', 'common'])
  const pages = useInfiniteQuery(auditQuery(filters))
  if (pages.isPending) return <Loading />
  if (pages.isError) return <Problem error={pages.error} onRetry={() => void pages.refetch()} />
  const entries = pages.data.pages.flatMap(({ items }) => items)
  if (entries.length === 0) return <Empty title={t('audit.none')}>{t('audit.noneText')}</Empty>
  return (
    <>
      <AuditList entries={entries} />
      <More pages={pages} />
    </>
  )
}
