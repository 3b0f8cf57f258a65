import { useTranslation } from 'react-i18next'
import { DoorFrame } from '../../components/door-frame.js'
import { useGoTo } from '../../components/go.js'
import { sitePath } from '../../config/places.js'
import { Enter } from '../../features/door/enter.js'

/** Where links in letters lead: they sign in, and go on to what the letter was about. */
export function EnterPage() {
  const { t } = useTranslation('backpack')
  const go = useGoTo()
  const goOn = (to: string | null) => {
    const [, within] = /^\/backpack(\/.*)?$/.exec(to ?? '/backpack') ?? []
    if (to !== null && within === undefined && to !== '/backpack') {
      // Another part of the site; the server lets no other address through.
      window.location.assign(`${sitePath}${to.replace(/^\/+/, '')}`)
    } else go(within ?? '/', 'replace')
  }
  return (
    <DoorFrame title={t('enter.title')} about={t('enter.about')}>
      <Enter onDone={goOn} />
    </DoorFrame>
  )
}
