import { Button, Menu, Modal, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { ChevronDown, Download, Eraser, PenLine } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../components/chips.js'
import { GoLink } from '../../components/go.js'
import { Page } from '../../components/page.js'
import { Await, Loading } from '../../components/states.js'
import { awardQuery } from '../../features/awards/award-queries.js'
import { GrantAward } from '../../features/awards/grant-award.js'
import { WhyChain } from '../../features/awards/why-chain.js'
import { PayloadTree } from '../../features/events/payload-tree.js'
import { StateChip } from '../../features/issuances/state-chip.js'
import { BadgeWall, EarnedCard, LostCard, WayCard } from '../../features/learners/badge-cards.js'
import { standingOf } from '../../features/learners/badge-standing.js'
import { CorrectLearner } from '../../features/learners/correct-learner.js'
import { EraseLearner } from '../../features/learners/erase-learner.js'
import { LearnerEvents } from '../../features/learners/learner-events.js'
import { LearnerHead } from '../../features/learners/learner-head.js'
import {
  type LearnerDetail,
  learnerFile,
  learnerQuery,
  placesQuery,
} from '../../features/learners/learner-queries.js'
import { Recompute } from '../../features/learners/recompute.js'
import { useMay, useOrganization } from '../../lib/session.js'

const route = getRouteApi('/console/o/$organization/learners/$learnerId')

/** One learner: who it is, what they have, what is missing, and why. */
export function LearnerPage() {
  const { t } = useTranslation('people')
  const { learnerId } = route.useParams()
  const { slug } = useOrganization()
  const query = useQuery(learnerQuery(learnerId))
  const { data: learner } = query
  return (
    <Page
      title={learner?.name || learner?.username || t('learner.title')}
      mark={learner?.isActive === false && <Chip tone="quiet">{t('learner.inactive')}</Chip>}
      trail={[
        <GoLink key="learners" to={`/o/${slug}/learners`}>
          {t('learners.title')}
        </GoLink>,
      ]}
      actions={learner !== undefined && <Actions learner={learner} />}
    >
      <Await query={query} loading={<Loading rows={6} />}>
        {(found) => <Detail learner={found} />}
      </Await>
    </Page>
  )
}

type Opened = 'grant' | 'correct' | 'erase' | null

function Actions({ learner }: { learner: LearnerDetail }) {
  const { t } = useTranslation('people')
  const may = useMay()
  const { id: organizationId, slug } = useOrganization()
  const navigate = route.useNavigate()
  const [opened, setOpened] = useState<Opened>(null)
  const close = () => setOpened(null)
  return (
    <>
      {may('award:edit') && <Recompute learnerId={learner.id} />}
      {may('learner:edit') && <More onOpen={setOpened} learnerId={learner.id} />}
      {may('award:edit') && <Button onClick={() => setOpened('grant')}>{t('grant.button')}</Button>}
      {opened === 'grant' && (
        <GrantAward organizationId={organizationId} learner={learner} isOpen onClose={close} />
      )}
      {opened === 'correct' && <CorrectLearner learner={learner} isOpen onClose={close} />}
      {opened === 'erase' && (
        <EraseLearner
          learner={learner}
          isOpen
          onClose={close}
          onErased={() =>
            void navigate({ to: '/o/$organization/learners', params: { organization: slug } })
          }
        />
      )}
    </>
  )
}

function More({ onOpen, learnerId }: { onOpen: (what: Opened) => void; learnerId: string }) {
  const { t } = useTranslation('people')
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" rightSection={<ChevronDown size={16} aria-hidden />}>
          {t('learner.data')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<PenLine size={16} aria-hidden />}
          onClick={() => onOpen('correct')}
        >
          {t('correct.button')}
        </Menu.Item>
        <Menu.Item
          component="a"
          href={learnerFile(learnerId)}
          download
          leftSection={<Download size={16} aria-hidden />}
        >
          {t('learner.export')}
        </Menu.Item>
        <Menu.Item
          c="var(--rosette-bad)"
          leftSection={<Eraser size={16} aria-hidden />}
          onClick={() => onOpen('erase')}
        >
          {t('erase.button')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function Detail({ learner }: { learner: LearnerDetail }) {
  const { t } = useTranslation('people')
  const may = useMay()
  const base = `/o/${useOrganization().slug}`
  const [asked, setAsked] = useState<string | null>(null)
  const { earned, onTheWay, lost } = standingOf(learner)
  const places = useQuery({ ...placesQuery(learner.id), enabled: may('issuance:read') })
  return (
    <Stack gap="xl">
      <LearnerHead learner={learner} />
      <BadgeWall title={t('wall.earned')} none={t('wall.noneEarned')}>
        {earned.map((award) => {
          const issuance = places.data?.get(award.id)
          return (
            <EarnedCard
              key={award.id}
              award={award}
              base={base}
              onWhy={() => setAsked(award.id)}
              place={
                issuance && {
                  name: issuance.account?.name ?? t('issuances.own'),
                  state: <StateChip state={issuance.state} />,
                }
              }
            />
          )
        })}
      </BadgeWall>
      <BadgeWall title={t('wall.onTheWay')} none={t('wall.noneOnTheWay')}>
        {onTheWay.map((one) => (
          <WayCard key={`${one.template.id} ${one.instance}`} progress={one} base={base} />
        ))}
      </BadgeWall>
      {lost.length > 0 && (
        <BadgeWall title={t('wall.lost')} none="">
          {lost.map((award) => (
            <LostCard key={award.id} award={award} base={base} onWhy={() => setAsked(award.id)} />
          ))}
        </BadgeWall>
      )}
      {may('event:read') && <LearnerEvents learnerId={learner.id} payload={payload} />}
      {asked !== null && <Why awardId={asked} onClose={() => setAsked(null)} />}
    </Stack>
  )
}

function payload(data: unknown) {
  return <Payload data={data} />
}

function Payload({ data }: { data: unknown }) {
  const { t } = useTranslation('people')
  return <PayloadTree value={data} label={t('why.payload')} />
}

function Why({ awardId, onClose }: { awardId: string; onClose: () => void }) {
  const { t } = useTranslation(['people', 'common'])
  const query = useQuery(awardQuery(awardId))
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('why.title', { name: query.data?.template.name ?? '' })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Await query={query}>{(award) => <WhyChain award={award} payload={payload} />}</Await>
    </Modal>
  )
}
