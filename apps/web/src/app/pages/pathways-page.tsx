import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Plus, Route } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { GoLink } from '../../components/go.js'
import { More } from '../../components/more.js'
import { Page } from '../../components/page.js'
import { Empty, Loading, Problem } from '../../components/states.js'
import { NewPathway } from '../../features/pathways/new-pathway.js'
import { PathwayCards } from '../../features/pathways/pathway-cards.js'
import { pathwaysQuery } from '../../features/pathways/pathway-queries.js'
import { useMay, useOrganization } from '../../lib/session.js'

/** The maps of an organization. */
export function PathwaysPage() {
  const { t } = useTranslation('insights')
  const { id, slug } = useOrganization()
  const may = useMay()
  const navigate = useNavigate()
  const [isOpen, { open, close }] = useDisclosure(false)
  const query = useInfiniteQuery(pathwaysQuery(id))
  const pathways = query.data?.pages.flatMap(({ items }) => items) ?? []
  const button = may('pathway:edit') && (
    <Button leftSection={<Plus size={16} aria-hidden />} onClick={open}>
      {t('pathways.new')}
    </Button>
  )
  return (
    <Page
      title={t('pathways.title')}
      about={t('pathways.about')}
      actions={pathways.length > 0 && button}
    >
      {query.isPending ? (
        <Loading />
      ) : query.isError ? (
        <Problem error={query.error} onRetry={() => void query.refetch()} />
      ) : pathways.length === 0 ? (
        <Empty title={t('pathways.none')} picture={<Route size={40} aria-hidden />} action={button}>
          {t('pathways.noneText')}
        </Empty>
      ) : (
        <>
          <PathwayCards
            pathways={pathways}
            link={({ id: pathwayId, name }) => (
              <GoLink to={`/o/${slug}/pathways/${pathwayId}`}>{name}</GoLink>
            )}
          />
          <More pages={query} />
        </>
      )}
      <NewPathway
        organizationId={id}
        isOpen={isOpen}
        onClose={close}
        onMade={(pathwayId) =>
          void navigate({
            to: '/o/$organization/pathways/$pathwayId',
            params: { organization: slug, pathwayId },
          })
        }
      />
    </Page>
  )
}
