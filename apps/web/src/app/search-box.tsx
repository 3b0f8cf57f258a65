import { ActionIcon, Button, Kbd, Modal } from '@mantine/core'
import { useDisclosure, useHotkeys } from '@mantine/hooks'
import { useParams, useRouter } from '@tanstack/react-router'
import i18next from 'i18next'
import { Search } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Loading } from '../components/states.js'
import { areaPath } from '../config/places.js'
import { useSession } from '../lib/session.js'

const Panel = lazy(async () => {
  const [{ SearchPanel }] = await Promise.all([
    import('../features/search/search-panel.js'),
    i18next.loadNamespaces('operations'),
  ])
  return { default: SearchPanel }
})

/** The way to everything, from everywhere: a button, or Ctrl and K. */
export function SearchBox() {
  const { t } = useTranslation()
  const [isOpen, { open, close }] = useDisclosure(false)
  const go = useGoTo(close)
  useHotkeys([['mod+K', open]], [])
  return (
    <>
      <Button
        variant="default"
        color="gray"
        visibleFrom="sm"
        onClick={open}
        leftSection={<Search size={16} aria-hidden />}
        rightSection={
          <Kbd size="xs" aria-hidden>
            {isMac ? '⌘K' : 'Ctrl K'}
          </Kbd>
        }
        aria-keyshortcuts="Control+K Meta+K"
        fw={400}
      >
        {t('search')}
      </Button>
      <ActionIcon
        hiddenFrom="sm"
        color="gray"
        c="var(--mantine-color-text)"
        size="lg"
        onClick={open}
        aria-label={t('search')}
      >
        <Search size={18} aria-hidden />
      </ActionIcon>
      <Modal
        opened={isOpen}
        onClose={close}
        title={t('search')}
        centered={false}
        size="lg"
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <Suspense fallback={<Loading rows={2} />}>
          <Panel onChoose={go} />
        </Suspense>
      </Modal>
    </>
  )
}

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

function useGoTo(close: () => void) {
  const { history } = useRouter()
  const { organizations } = useSession()
  const { organization } = useParams({ strict: false })
  const slug = organization ?? organizations[0]?.slug
  return async (
    found: Parameters<typeof import('../features/search/search-queries.js').placeOf>[0],
  ) => {
    const { placeOf } = await import('../features/search/search-queries.js')
    close()
    history.push(`${areaPath.replace(/\/$/, '')}${placeOf(found, slug)}`)
  }
}
