import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { GoButton } from '../../components/go.js'
import { Mark } from '../../components/mark.js'
import { Page } from '../../components/page.js'
import { Empty } from '../../components/states.js'
import { useSession } from '../../lib/session.js'

/** For somebody who belongs to no organization yet. */
export function WelcomePage() {
  const { t } = useTranslation('operations')
  const { user, permissions } = useSession()
  const mayCreate = permissions.includes('organization:create')
  return (
    <Page title={t('welcome.title', { name: user.name })}>
      <Empty
        title={t(mayCreate ? 'welcome.create' : 'welcome.ask')}
        picture={<Mark size={96} />}
        {...(mayCreate && {
          action: <GoButton to="/platform/organizations">{t('welcome.createAction')}</GoButton>,
        })}
      >
        {t(mayCreate ? 'welcome.createText' : 'welcome.askText', { email: user.email })}
      </Empty>
      {!mayCreate && (
        <Text size="sm" c="dimmed" ta="center">
          {t('welcome.other')} <GoButtonToMe />
        </Text>
      )}
    </Page>
  )
}

function GoButtonToMe() {
  const { t } = useTranslation('operations')
  return (
    <GoButton to="/me" variant="subtle" size="xs" c="var(--rosette-accent)">
      {t('welcome.account')}
    </GoButton>
  )
}
