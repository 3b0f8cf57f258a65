import { Button, Modal, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Await } from '../../components/states.js'
import type { Schema } from '../../lib/api.js'
import type { BadgeDetail } from '../../lib/backpack.js'
import { offerToWallet } from './host-queries.js'
import classes from './my-badge.module.css'

type Props = {
  readonly badge: BadgeDetail
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** A code for the camera of a telephone, another to type in there, and the time that is left. */
export function WalletDialog({ badge, isOpen, onClose }: Props) {
  const { t } = useTranslation(['backpack', 'common'])
  const offer = useQuery({
    queryKey: ['wallet-offer', badge.id],
    queryFn: () => offerToWallet(badge.id),
    enabled: isOpen,
    // Each works once: another time, another one.
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('wallet.title', { name: badge.name })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Await query={offer}>
        {(made) => <Offer offer={made} onAgain={() => void offer.refetch()} />}
      </Await>
    </Modal>
  )
}

type OfferProps = { readonly offer: Schema<'WalletOffer'>; readonly onAgain: () => void }

function Offer({ offer, onAgain }: OfferProps) {
  const { t } = useTranslation('backpack')
  const left = useSecondsUntil(offer.expiresAt)
  if (left <= 0) {
    return (
      <Stack align="center" ta="center">
        <Text>{t('wallet.over')}</Text>
        <Button onClick={onAgain}>{t('wallet.again')}</Button>
      </Stack>
    )
  }
  const minutes = Math.floor(left / 60)
  const seconds = String(left % 60).padStart(2, '0')
  return (
    <Stack align="center" gap="sm" ta="center">
      <Text size="sm">{t('wallet.scan')}</Text>
      <img
        className={classes['qr']}
        src={`data:image/svg+xml;utf8,${encodeURIComponent(offer.qrCode)}`}
        alt={t('wallet.qr')}
      />
      <div>
        <Text size="sm" c="dimmed">
          {t('wallet.code')}
        </Text>
        <Text fz={32} fw={600} lts="0.12em" dir="ltr">
          {offer.code}
        </Text>
      </div>
      <Text size="sm" c="dimmed" role="timer">
        {t('wallet.left', { time: `${minutes}:${seconds}` })}
      </Text>
      <Button component="a" href={offer.offer} variant="default">
        {t('wallet.here')}
      </Button>
    </Stack>
  )
}

function useSecondsUntil(end: string): number {
  const [seconds, setSeconds] = useState(() => secondsUntil(end))
  useEffect(() => {
    const tick = () => setSeconds(secondsUntil(end))
    tick()
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [end])
  return seconds
}

function secondsUntil(end: string): number {
  return Math.max(0, Math.round((new Date(end).getTime() - Date.now()) / 1000))
}
