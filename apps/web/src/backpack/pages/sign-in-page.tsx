import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { DoorFrame } from '../../components/door-frame.js'
import { useGoTo } from '../../components/go.js'
import { Await } from '../../components/states.js'
import { signInOptionsQuery } from '../../features/door/door-queries.js'
import { LearnerDoor } from '../../features/door/learner-door.js'
import { SignInProblem } from '../../features/door/sign-in-problem.js'

export function SignInPage() {
  const { t } = useTranslation('backpack')
  const { to, problem, provider }: Readonly<Record<string, unknown>> = useSearch({ strict: false })
  const go = useGoTo()
  const options = useQuery(signInOptionsQuery)
  // Only pages of the backpack are gone to, whatever the address says.
  const wanted = typeof to === 'string' && /^\/(?![/\\])/.test(to) ? to : '/'
  return (
    <DoorFrame title={t('door.title')} about={t('door.about')}>
      <Await query={options}>
        {(found) => (
          <>
            {typeof problem === 'string' && (
              <SignInProblem
                problem={problem}
                provider={found.providers.find(({ id }) => id === provider)?.name ?? ''}
              />
            )}
            <LearnerDoor options={found} to={wanted} onSignedIn={() => go(wanted)} />
          </>
        )}
      </Await>
    </DoorFrame>
  )
}
