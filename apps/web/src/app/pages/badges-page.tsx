import { Button, Group, Stack } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Plus, Upload } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Mark } from '../../components/mark.js'
import { More } from '../../components/more.js'
import { Page } from '../../components/page.js'
import { Await, Empty } from '../../components/states.js'
import { BadgeActions } from '../../features/badges/badge-actions.js'
import { BadgeFilters } from '../../features/badges/badge-filters.js'
import { BadgeGallery } from '../../features/badges/badge-gallery.js'
import { badgesQuery, issuersQuery } from '../../features/badges/badge-queries.js'
import { BadgeTable } from '../../features/badges/badge-table.js'
import { ImportBadges } from '../../features/badges/import-badges.js'
import { type Beginning, NewBadge } from '../../features/badges/new-badge.js'
import type { BadgeTemplate } from '../../lib/badge-templates.js'
import { useMay, useOrganization } from '../../lib/session.js'

const route = getRouteApi('/console/o/$organization/badges')

/** All badges of an organization. */
export function BadgesPage() {
  const { t } = useTranslation('badges')
  const may = useMay()
  const organization = useOrganization()
  const [opened, setOpened] = useState<'new' | 'import' | null>(null)
  const navigate = useNavigate()
  const issuers = useQuery({ ...issuersQuery(organization.id), enabled: may('template:edit') })
  const open = (template: BadgeTemplate, beginning: Beginning = 'look') =>
    void navigate({
      to:
        beginning === 'rules'
          ? '/o/$organization/badges/$templateId/rules'
          : '/o/$organization/badges/$templateId',
      params: { organization: organization.slug, templateId: template.id },
    })
  const actions = may('template:edit') && (
    <Group gap="sm">
      <Button
        variant="default"
        leftSection={<Upload size={16} aria-hidden />}
        onClick={() => setOpened('import')}
      >
        {t('import.button')}
      </Button>
      <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setOpened('new')}>
        {t('new.button')}
      </Button>
    </Group>
  )
  return (
    <Page title={t('title')} about={t('about')} actions={actions}>
      <BadgeList
        onOpen={open}
        onNew={() => setOpened('new')}
        onImport={() => setOpened('import')}
      />
      <NewBadge
        organizationId={organization.id}
        isOpen={opened === 'new'}
        onClose={() => setOpened(null)}
        onMade={open}
      />
      <ImportBadges
        organizationId={organization.id}
        issuerId={issuers.data?.items[0]?.id}
        isOpen={opened === 'import'}
        onClose={() => setOpened(null)}
      />
    </Page>
  )
}

type ListProps = {
  readonly onOpen: (template: BadgeTemplate) => void
  readonly onNew: () => void
  readonly onImport: () => void
}

function BadgeList({ onOpen, onNew, onImport }: ListProps) {
  const organization = useOrganization()
  const may = useMay()
  const shown = route.useSearch()
  const navigate = route.useNavigate()
  const { view, ...filter } = shown
  const query = useInfiniteQuery(badgesQuery(organization.id, filter))
  const { search, state, tag, target } = filter
  const isFiltered = [search, state, tag, target].some((value) => value !== undefined)
  const List = view === 'table' ? BadgeTable : BadgeGallery
  return (
    <Stack gap="lg">
      <BadgeFilters
        organizationId={organization.id}
        shown={shown}
        onChange={(change) =>
          void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
        }
        mayReadAccounts={may('account:read')}
      />
      <Await
        query={query}
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={
          isFiltered ? (
            <NothingFound
              onAll={() => void navigate({ search: view === undefined ? {} : { view } })}
            />
          ) : (
            <NoBadges onNew={onNew} onImport={onImport} />
          )
        }
      >
        {({ pages }) => (
          <>
            <List
              organization={organization.slug}
              templates={pages.flatMap(({ items }) => items)}
              actions={(template) => <BadgeActions template={template} onDuplicated={onOpen} />}
            />
            <More pages={query} />
          </>
        )}
      </Await>
    </Stack>
  )
}

function NothingFound({ onAll }: { onAll: () => void }) {
  const { t } = useTranslation('badges')
  const action = (
    <Button variant="default" onClick={onAll}>
      {t('empty.showAll')}
    </Button>
  )
  return (
    <Empty title={t('empty.found')} action={action}>
      {t('empty.foundText')}
    </Empty>
  )
}

function NoBadges({ onNew, onImport }: { onNew: () => void; onImport: () => void }) {
  const { t } = useTranslation('badges')
  const may = useMay()
  const action = may('template:edit') && (
    <>
      <Button size="md" onClick={onNew}>
        {t('empty.first')}
      </Button>
      <Button size="md" variant="default" onClick={onImport}>
        {t('import.button')}
      </Button>
    </>
  )
  return (
    <Empty title={t('empty.title')} picture={<Mark size={96} />} action={action}>
      {t('empty.text')}
    </Empty>
  )
}
