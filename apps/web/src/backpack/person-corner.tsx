import { ActionIcon, Group } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PersonPicture } from '../components/person-picture.js'
import { SchemeSwitch } from '../components/scheme-switch.js'
import { useSession } from '../lib/session.js'

const PersonMenu = lazy(async () => ({ default: (await import('./person-menu.js')).PersonMenu }))

/** Colours, and the menu of the person, which is fetched when it is first opened. */
export function PersonCorner() {
  const [isWanted, setWanted] = useState(false)
  const button = <PersonButton onClick={() => setWanted(true)} />
  return (
    <Group gap={4} wrap="nowrap">
      <SchemeSwitch />
      {isWanted ? (
        <Suspense fallback={button}>
          <PersonMenu />
        </Suspense>
      ) : (
        button
      )}
    </Group>
  )
}

function PersonButton({ onClick }: { readonly onClick: () => void }) {
  const { t } = useTranslation()
  const { user } = useSession()
  return (
    <ActionIcon
      color="gray"
      size="lg"
      radius="xl"
      aria-label={t('person.menu')}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={onClick}
    >
      <PersonPicture name={user.name} size={30} />
    </ActionIcon>
  )
}
