import { Alert } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { Info } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { DoorFrame } from '../../components/door-frame.js'
import { Await } from '../../components/states.js'
import { signInOptionsQuery } from '../../features/door/door-queries.js'
import { SignInForm } from '../../features/door/sign-in-form.js'
import { SignInProblem } from '../../features/door/sign-in-problem.js'

const route = getRouteApi('/door/sign-in')

export function SignInPage() {
  const { t } = useTranslation('account')
  const { to, problem, provider } = route.useSearch()
  const router = useRouter()
  const options = useQuery(signInOptionsQuery)
  // Only pages of the console are gone to, whatever the address says.
  const wanted = to !== undefined && /^\/(?![/\\])/.test(to) ? to : '/'
  return (
    <DoorFrame title={t('signIn.title')}>
      <Await query={options}>
        {(found) => (
          <>
            {problem !== undefined && (
              <SignInProblem
                problem={problem}
                provider={found.providers.find(({ id }) => id === provider)?.name ?? ''}
              />
            )}
            {found.needsSetUp && (
              <Alert variant="default" icon={<Info aria-hidden />} title={t('signIn.needsSetUp')}>
                {t('signIn.needsSetUpText')}
              </Alert>
            )}
            <SignInForm
              options={found}
              to={wanted}
              onSignedIn={() => router.history.push(router.history.createHref(wanted))}
            />
          </>
        )}
      </Await>
    </DoorFrame>
  )
}
