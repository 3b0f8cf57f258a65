import { Button, Stack } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Confirm } from '../../components/confirm.js'
import { GoLink } from '../../components/go.js'
import { Page } from '../../components/page.js'
import { Await } from '../../components/states.js'
import { ColumnCheck } from '../../features/award-imports/column-check.js'
import { type AwardImport, importQuery } from '../../features/award-imports/import-queries.js'
import { ImportRun } from '../../features/award-imports/import-run.js'
import { RowTable } from '../../features/award-imports/row-table.js'
import { api, done } from '../../lib/api.js'
import { queries } from '../../lib/queries.js'
import { useMay, useOrganization } from '../../lib/session.js'

const route = getRouteApi('/console/o/$organization/awards/import/$importId')

/** One file: what its columns are, what would become of each row, how far it is, what became of it. */
export function ImportPage() {
  const { t } = useTranslation('people')
  const { importId } = route.useParams()
  const { slug } = useOrganization()
  const shown = route.useSearch()
  const navigate = route.useNavigate()
  const query = useQuery(importQuery(importId))
  const may = useMay()
  return (
    <Page
      title={query.data?.fileName ?? t('import.title')}
      trail={[
        <GoLink key="awards" to={`/o/${slug}/awards`}>
          {t('awards.title')}
        </GoLink>,
        <GoLink key="imports" to={`/o/${slug}/awards/import`}>
          {t('import.title')}
        </GoLink>,
      ]}
      actions={
        query.data !== undefined &&
        query.data.state !== 'running' &&
        may('award:edit') && <Remove given={query.data} />
      }
    >
      <Await query={query}>
        {(given) => (
          <Stack gap="lg">
            <ImportRun given={given} />
            {given.state === 'checked' && may('award:edit') && (
              <ColumnCheck key={given.columns.map(({ field }) => field).join()} given={given} />
            )}
            <RowTable
              given={given}
              base={`/o/${slug}`}
              shown={shown}
              onChange={(change) => void navigate({ search: change, replace: true })}
            />
          </Stack>
        )}
      </Await>
    </Page>
  )
}

function Remove({ given }: { given: AwardImport }) {
  const { t } = useTranslation(['people', 'common'])
  const [isAsking, setAsking] = useState(false)
  const { slug } = useOrganization()
  const navigate = route.useNavigate()
  const remove = useMutation({
    mutationFn: () =>
      done(api.DELETE('/api/v1/award-imports/{id}', { params: { path: { id: given.id } } })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['award-imports', 'list'] })
      void navigate({ to: '/o/$organization/awards/import', params: { organization: slug } })
    },
  })
  return (
    <>
      <Button
        variant="default"
        leftSection={<Trash2 size={16} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        {t('common:delete')}
      </Button>
      <Confirm
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('imports.deleteTitle', { name: given.fileName })}
        confirm={t('common:delete')}
        onConfirm={() => remove.mutate()}
        isBusy={remove.isPending}
        error={remove.error}
        isDangerous
      >
        {t('imports.deleteText')}
      </Confirm>
    </>
  )
}
