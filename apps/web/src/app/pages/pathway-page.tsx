import { Button, Group, Stack, Tabs, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Pencil, Route, Settings } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../components/chips.js'
import { Confirm } from '../../components/confirm.js'
import { GoLink } from '../../components/go.js'
import { OutsideLink, Page } from '../../components/page.js'
import { Empty, Loading, Problem } from '../../components/states.js'
import { tellDone } from '../../components/tell.js'
import { toDraft } from '../../features/pathways/draft.js'
import { MapEditor } from '../../features/pathways/map-editor.js'
import { PathwayDetails } from '../../features/pathways/pathway-details.js'
import { PathwayList } from '../../features/pathways/pathway-list.js'
import { PathwayMap } from '../../features/pathways/pathway-map.js'
import {
  type Distribution,
  deletePathway,
  distributionQuery,
  type Pathway,
  pathwayQuery,
} from '../../features/pathways/pathway-queries.js'
import { useMay, useOrganization } from '../../lib/session.js'

/** One map: where learners are on it, and where it is changed. */
export function PathwayPage() {
  const { t } = useTranslation('insights')
  const { slug } = useOrganization()
  const { pathwayId } = useParams({ from: '/console/o/$organization/pathways/$pathwayId' })
  const query = useQuery(pathwayQuery(pathwayId))
  const trail = [
    <GoLink key="all" to={`/o/${slug}/pathways`}>
      {t('pathways.title')}
    </GoLink>,
  ]
  if (query.data !== undefined) return <Shown pathway={query.data} trail={trail} />
  return (
    <Page title={t('pathways.title')} trail={trail}>
      {query.isError ? (
        <Problem error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Loading />
      )}
    </Page>
  )
}

type ShownProps = { readonly pathway: Pathway; readonly trail: readonly ReactNode[] }

function Shown({ pathway, trail }: ShownProps) {
  const { t } = useTranslation('insights')
  const may = useMay()
  const [isEditing, editing] = useDisclosure(false)
  const [isOpen, details] = useDisclosure(false)
  const actions = may('pathway:edit') && !isEditing && (
    <>
      <Button
        variant="default"
        leftSection={<Settings size={16} aria-hidden />}
        onClick={details.open}
      >
        {t('pathway.details')}
      </Button>
      <Button leftSection={<Pencil size={16} aria-hidden />} onClick={editing.open}>
        {t('pathway.edit')}
      </Button>
    </>
  )
  return (
    <Page
      title={pathway.name}
      trail={trail}
      actions={actions}
      mark={pathway.isPublic && <Chip tone="good">{t('pathways.public')}</Chip>}
      {...(pathway.description !== '' && { about: pathway.description })}
    >
      {isEditing ? (
        <MapEditor pathway={pathway} onClose={editing.close} />
      ) : (
        <Seen pathway={pathway} onEdit={may('pathway:edit') ? editing.open : undefined} />
      )}
      <Details pathway={pathway} isOpen={isOpen} onClose={details.close} />
    </Page>
  )
}

function Details(props: {
  readonly pathway: Pathway
  readonly isOpen: boolean
  readonly onClose: () => void
}) {
  const { pathway, isOpen, onClose } = props
  const { t } = useTranslation('insights')
  const { slug } = useOrganization()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [isAsked, setAsked] = useState(false)
  const remove = useMutation({
    mutationFn: () => deletePathway(pathway.id),
    onSuccess: async () => {
      await navigate({ to: '/o/$organization/pathways', params: { organization: slug } })
      tellDone(t('pathway.deleted'))
      await queries.invalidateQueries({ queryKey: ['pathways', pathway.organizationId] })
    },
  })
  return (
    <>
      <PathwayDetails
        key={pathway.updatedAt}
        pathway={pathway}
        isOpen={isOpen}
        onClose={onClose}
        onDelete={() => {
          onClose()
          setAsked(true)
        }}
      />
      <Confirm
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        title={t('pathway.deleteTitle', { name: pathway.name })}
        confirm={t('pathway.delete')}
        onConfirm={() => remove.mutate()}
        isBusy={remove.isPending}
        error={remove.error}
        isDangerous
      >
        {t('pathway.deleteText')}
      </Confirm>
    </>
  )
}

type SeenProps = { readonly pathway: Pathway; readonly onEdit: (() => void) | undefined }

function Seen({ pathway, onEdit }: SeenProps) {
  const { t } = useTranslation('insights')
  const { slug } = useOrganization()
  const { data: counts } = useQuery(distributionQuery(pathway.id))
  if (pathway.badges.length === 0) {
    return (
      <Empty
        title={t('pathway.empty')}
        picture={<Route size={40} aria-hidden />}
        action={onEdit !== undefined && <Button onClick={onEdit}>{t('pathway.edit')}</Button>}
      >
        {t('pathway.emptyText')}
      </Empty>
    )
  }
  return (
    <Stack gap="md">
      <Summary pathway={pathway} counts={counts} />
      <Tabs defaultValue="map" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="map">{t('pathway.map')}</Tabs.Tab>
          <Tabs.Tab value="list">{t('pathway.list')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="map">
          <PathwayMap
            label={t('pathway.mapLabel', { name: pathway.name })}
            map={toDraft(pathway)}
            counts={counts}
          />
          <Legend />
        </Tabs.Panel>
        <Tabs.Panel value="list">
          <PathwayList
            pathway={pathway}
            counts={counts}
            link={({ id: templateId, name }) => (
              <GoLink to={`/o/${slug}/badges/${templateId}`}>{name}</GoLink>
            )}
          />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  )
}

function Summary({ pathway, counts }: { pathway: Pathway; counts: Distribution | undefined }) {
  const { t } = useTranslation('insights')
  const most = pathway.badges.find(({ template }) => template.id === counts?.mostStopAt)
  return (
    <Group justify="space-between" gap="sm">
      <Text>
        {counts !== undefined && t('pathway.learners', { count: counts.learners })}{' '}
        {counts !== undefined &&
          counts.learners > 0 &&
          t('pathway.finished', { count: counts.finished })}{' '}
        {most !== undefined && t('pathway.mostStop', { name: most.template.name })}
      </Text>
      {pathway.isPublic && (
        <OutsideLink href={pathway.publicUrl}>{t('pathway.publicPage')}</OutsideLink>
      )}
    </Group>
  )
}

function Legend() {
  const { t } = useTranslation('insights')
  return (
    <Group gap="lg" mt="sm">
      {(['legendRules', 'legendHand'] as const).map((text) => (
        <Group key={text} gap="xs" wrap="nowrap">
          <svg width={34} height={8} aria-hidden>
            <path
              d="M0 4H34"
              stroke="var(--rosette-quiet)"
              strokeWidth={2}
              {...(text === 'legendHand' && { strokeDasharray: '6 5' })}
            />
          </svg>
          <Text size="sm" c="dimmed">
            {t(`pathway.${text}`)}
          </Text>
        </Group>
      ))}
    </Group>
  )
}
