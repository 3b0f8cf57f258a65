import { useTranslation } from 'react-i18next'
import { DoorFrame } from '../../components/door-frame.js'
import { ConfirmAddress } from '../../features/my-account/confirm-address.js'

export function AddressPage() {
  const { t } = useTranslation('backpack')
  return (
    <DoorFrame title={t('address.title')}>
      <ConfirmAddress />
    </DoorFrame>
  )
}
