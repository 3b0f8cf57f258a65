import { Anchor, Box, Grid, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../../components/page.js'
import { Loading, Problem } from '../../components/states.js'
import type { LookValues } from '../../features/badge-editor/look-values.js'
import { PreviewColumn } from '../../features/badge-editor/preview-column.js'
import { BadgeActions } from '../../features/badges/badge-actions.js'
import { issuersQuery } from '../../features/badges/badge-queries.js'
import { StateChip } from '../../features/badges/state-chip.js'
import { ActivateButton } from '../../features/rules/activate-button.js'
import { type BadgeTemplate, templateQuery } from '../../lib/badge-templates.js'
import { useMay, useOrganization } from '../../lib/session.js'
import classes from './badge-page.module.css'
import { TypedContext } from './badge-typed.js'

const route = getRouteApi('/console/o/$organization/badges/$templateId')

/** One badge: what all of its tabs have around them. */
export function BadgePage() {
  const { t } = useTranslation('badges')
  const { templateId } = route.useParams()
  const query = useQuery(templateQuery(templateId))
  if (query.data !== undefined) return <Badge template={query.data} />
  return (
    <Page title={t('editor.title')} trail={[<ToBadges key="badges" />]}>
      {query.isError ? (
        <Problem error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Loading />
      )}
    </Page>
  )
}

function ToBadges() {
  const { t } = useTranslation('badges')
  const { slug } = useOrganization()
  return (
    <Anchor
      size="sm"
      renderRoot={(props) => (
        <Link to="/o/$organization/badges" params={{ organization: slug }} {...props} />
      )}
    >
      {t('title')}
    </Anchor>
  )
}

const tabs = ['look', 'rules', 'issuing', 'learners', 'history'] as const

function Badge({ template }: { template: BadgeTemplate }) {
  const [typed, setTyped] = useState<LookValues | null>(null)
  const context = useMemo(() => ({ setTyped }), [])
  const organization = useOrganization()
  const may = useMay()
  const issuers = useQuery({ ...issuersQuery(organization.id), enabled: may('issuer:read') })
  const issuer = issuers.data?.items.find(({ id }) => id === template.issuerId)
  const { pathname } = useLocation()
  const isRules = pathname.endsWith('/rules')
  return (
    <Page
      title={template.name}
      trail={[<ToBadges key="badges" />]}
      mark={<StateChip template={template} />}
      actions={<HeadActions template={template} />}
    >
      <TabList templateId={template.id} />
      <TypedContext value={context}>
        <Grid gap="lg">
          <Grid.Col span={{ base: 12, md: isRules ? 12 : 8 }}>
            <Outlet />
          </Grid.Col>
          {!isRules && (
            <Grid.Col span={{ base: 12, md: 4 }}>
              <Box pos={{ base: 'static', md: 'sticky' }} top={76}>
                <PreviewColumn template={template} issuerName={issuer?.name} typed={typed} />
              </Box>
            </Grid.Col>
          )}
        </Grid>
      </TypedContext>
    </Page>
  )
}

function HeadActions({ template }: { template: BadgeTemplate }) {
  const organization = useOrganization().slug
  const navigate = useNavigate()
  return (
    <Group gap="sm">
      <ActivateButton template={template} />
      <BadgeActions
        template={template}
        onDuplicated={({ id }) =>
          void navigate({
            to: '/o/$organization/badges/$templateId',
            params: { organization, templateId: id },
          })
        }
        onDeleted={() => void navigate({ to: '/o/$organization/badges', params: { organization } })}
      />
    </Group>
  )
}

/** Links that look like tabs: each is an address. */
function TabList({ templateId }: { templateId: string }) {
  const { t } = useTranslation('badges')
  const organization = useOrganization().slug
  const { pathname } = useLocation()
  const here = tabs.find((tab) => pathname.endsWith(`/${tab}`)) ?? 'look'
  const places = {
    look: '/o/$organization/badges/$templateId',
    rules: '/o/$organization/badges/$templateId/rules',
    issuing: '/o/$organization/badges/$templateId/issuing',
    learners: '/o/$organization/badges/$templateId/learners',
    history: '/o/$organization/badges/$templateId/history',
  } as const
  return (
    <nav aria-label={t('editor.tabs')} className={classes['tabs']}>
      {tabs.map((tab) => (
        <Link
          key={tab}
          to={places[tab]}
          params={{ organization, templateId }}
          className={classes['tab']}
          activeOptions={{ exact: true }}
          aria-current={tab === here ? 'page' : undefined}
        >
          {t(`tab.${tab}`)}
        </Link>
      ))}
    </nav>
  )
}
