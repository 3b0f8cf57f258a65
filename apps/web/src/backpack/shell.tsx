import { AppShell, Box, Group, Text } from '@mantine/core'
import { Outlet, useLocation } from '@tanstack/react-router'
import { FolderHeart, type LucideIcon, Medal, MessageSquareQuote, Route } from 'lucide-react'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useGo } from '../components/go.js'
import { Mark } from '../components/mark.js'
import { Loading } from '../components/states.js'
import { useSiteName } from '../lib/appearance.js'
import { PersonCorner } from './person-corner.js'
import classes from './shell.module.css'

const places = [
  { to: '/', text: 'nav.badges', icon: Medal },
  { to: '/on-the-way', text: 'nav.onTheWay', icon: Route },
  { to: '/collections', text: 'nav.collections', icon: FolderHeart },
  { to: '/endorsements', text: 'nav.endorsements', icon: MessageSquareQuote },
] as const

/** The frame of the backpack: a light bar above; on telephones the places are below, near the thumb. */
export function Shell() {
  const { t } = useTranslation(['backpack', 'common'])
  return (
    <AppShell header={{ height: 60 }} footer={{ height: { base: 62, sm: 0 } }} padding="md">
      <a className="skip-link" href="#content">
        {t('common:skip')}
      </a>
      <AppShell.Header bg="var(--rosette-card)">
        <Group h="100%" px="md" maw={1180} mx="auto" justify="space-between" wrap="nowrap">
          <Group gap="lg" wrap="nowrap" miw={0}>
            <SiteName />
            <Box component="nav" aria-label={t('nav.label')} visibleFrom="sm">
              <Group gap={4} wrap="nowrap">
                {places.map((place) => (
                  <Tab key={place.to} {...place} text={t(place.text)} />
                ))}
              </Group>
            </Box>
          </Group>
          <PersonCorner />
        </Group>
      </AppShell.Header>
      <AppShell.Main id="content" bg="var(--mantine-color-body)">
        <Box maw={1148} mx="auto" pb="xl">
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </Box>
      </AppShell.Main>
      <AppShell.Footer hiddenFrom="sm" bg="var(--rosette-card)" withBorder>
        <nav className={classes['bottom']} aria-label={t('nav.label')}>
          {places.map((place) => (
            <Tab key={place.to} {...place} text={t(place.text)} />
          ))}
        </nav>
      </AppShell.Footer>
    </AppShell>
  )
}

function SiteName() {
  const name = useSiteName()
  const { t } = useTranslation('backpack')
  const { href, onClick } = useGo('/')
  return (
    <a
      href={href}
      onClick={onClick}
      aria-label={t('nav.home', { name })}
      style={{
        display: 'flex',
        alignItems: 'center',
        gap: 10,
        color: 'inherit',
        minWidth: 0,
        textDecoration: 'none',
      }}
    >
      <Mark size={30} />
      <Text fw={600} lineClamp={1} component="span">
        {name}
      </Text>
    </a>
  )
}

type TabProps = { readonly to: string; readonly text: string; readonly icon: LucideIcon }

function Tab({ to, text, icon: Icon }: TabProps) {
  const { pathname } = useLocation()
  const isHere = to === '/' ? /^\/(badges\/|import|$)/.test(pathname) : pathname.startsWith(to)
  return (
    <a className={classes['tab']} {...useGo(to)} {...(isHere && { 'aria-current': 'page' })}>
      <Icon size={18} aria-hidden />
      <span>{text}</span>
    </a>
  )
}
