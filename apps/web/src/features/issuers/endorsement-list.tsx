import { Button, Card, Group, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../components/chips.js'
import { Confirm } from '../../components/confirm.js'
import { OutsideLink } from '../../components/page.js'
import { Await } from '../../components/states.js'
import { tellDone } from '../../components/tell.js'
import { When } from '../../components/when.js'
import { queries } from '../../lib/queries.js'
import { useMay } from '../../lib/session.js'
import { GiveEndorsement } from './give-endorsement.js'
import {
  type Endorsement,
  endorsementsQuery,
  type Issuer,
  type Side,
  withdraw,
} from './issuer-queries.js'
import { TakeEndorsement } from './take-endorsement.js'

type Props = { readonly issuer: Issuer; readonly side: Side }

/** What an issuer says of others, or others of it and its badges. */
export function EndorsementList({ issuer, side }: Props) {
  const { t } = useTranslation('operations')
  const may = useMay()
  const [isAdding, setAdding] = useState(false)
  const [leaving, setLeaving] = useState<Endorsement>()
  const found = useQuery(endorsementsQuery(issuer.id, side))
  const title = `endorsements-${side}`
  return (
    <Card component="section" aria-labelledby={title}>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5" id={title}>
          {t(`endorsements.${side}`)}
        </Title>
        {may('endorsement:edit') && (
          <Button size="xs" variant="default" onClick={() => setAdding(true)}>
            {t(side === 'given' ? 'endorsements.give' : 'endorsements.take')}
          </Button>
        )}
      </Group>
      <Await
        query={found}
        isEmpty={({ items }) => items.length === 0}
        empty={<Text c="dimmed">{t(`endorsements.none.${side}`)}</Text>}
      >
        {({ items }) => (
          <Stack component="ul" gap={0} m={0} p={0} style={{ listStyle: 'none' }}>
            {items.map((endorsement) => (
              <Row
                key={endorsement.id}
                endorsement={endorsement}
                onWithdraw={
                  may('endorsement:edit') && mayWithdraw(endorsement, issuer)
                    ? () => setLeaving(endorsement)
                    : undefined
                }
              />
            ))}
          </Stack>
        )}
      </Await>
      {side === 'given' ? (
        <GiveEndorsement issuer={issuer} isOpen={isAdding} onClose={() => setAdding(false)} />
      ) : (
        <TakeEndorsement isOpen={isAdding} onClose={() => setAdding(false)} />
      )}
      <Withdrawal endorsement={leaving} onClose={() => setLeaving(undefined)} />
    </Card>
  )
}

/** Who gave it takes it back; one that was signed elsewhere, whom it is about. */
function mayWithdraw({ issuerId, withdrawnAt }: Endorsement, issuer: Issuer): boolean {
  return withdrawnAt === null && (issuerId === null || issuerId === issuer.id)
}

type RowProps = {
  readonly endorsement: Endorsement
  readonly onWithdraw: (() => void) | undefined
}

function Row({ endorsement, onWithdraw }: RowProps) {
  const { t } = useTranslation('operations')
  const { issuerName, comment, publicUrl, createdAt, withdrawnAt, subject } = endorsement
  return (
    <Group
      component="li"
      py="sm"
      gap="sm"
      justify="space-between"
      align="flex-start"
      style={{ borderTop: '1px solid var(--rosette-line)' }}
    >
      <Stack gap={4} flex="1 1 260px" align="flex-start">
        <Text>{comment}</Text>
        <Text size="sm" c="dimmed" component="div">
          {t('badgeTemplateId' in subject ? 'endorsements.ofBadge' : 'endorsements.ofIssuer', {
            who: issuerName,
          })}{' '}
          · <When at={createdAt} /> ·{' '}
          <OutsideLink href={publicUrl}>{t('endorsements.open')}</OutsideLink>
        </Text>
        {withdrawnAt !== null && <Chip tone="quiet">{t('endorsements.withdrawn')}</Chip>}
      </Stack>
      {onWithdraw !== undefined && (
        <Button size="xs" variant="default" onClick={onWithdraw}>
          {t('endorsements.withdraw')}
        </Button>
      )}
    </Group>
  )
}

type WithdrawalProps = {
  readonly endorsement: Endorsement | undefined
  readonly onClose: () => void
}

function Withdrawal({ endorsement, onClose }: WithdrawalProps) {
  const { t } = useTranslation('operations')
  const leave = useMutation({
    mutationFn: (id: string) => withdraw(id),
    onSuccess: async () => {
      onClose()
      tellDone(t('endorsements.nowWithdrawn'))
      await queries.invalidateQueries({ queryKey: ['endorsements'] })
    },
  })
  return (
    <Confirm
      isOpen={endorsement !== undefined}
      onClose={onClose}
      title={t('endorsements.withdrawTitle', { who: endorsement?.issuerName ?? '' })}
      confirm={t('endorsements.withdraw')}
      isDangerous
      isBusy={leave.isPending}
      error={leave.error}
      onConfirm={() => endorsement !== undefined && leave.mutate(endorsement.id)}
    >
      {t('endorsements.withdrawText')}
    </Confirm>
  )
}
