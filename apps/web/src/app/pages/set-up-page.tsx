import { Alert } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { Info } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DoorFrame } from '../../components/door-frame.js'
import { SetUpForm } from '../../features/door/set-up-form.js'
import { secretOfLink } from '../../lib/secret-of-link.js'

export function SetUpPage() {
  const { t } = useTranslation('account')
  const navigate = useNavigate()
  const [secret] = useState(secretOfLink)
  return (
    <DoorFrame title={t('setUp.title')} about={t('setUp.about')}>
      {secret === '' ? (
        <Alert variant="default" role="alert" icon={<Info aria-hidden />} title={t('link.title')}>
          {t('setUp.noSecret')}
        </Alert>
      ) : (
        <SetUpForm secret={secret} onDone={() => void navigate({ to: '/', replace: true })} />
      )}
    </DoorFrame>
  )
}
