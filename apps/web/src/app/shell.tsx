import { AppShell, Box, Burger, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Outlet, useLocation } from '@tanstack/react-router'
import { Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Mark } from '../components/mark.js'
import { Loading } from '../components/states.js'
import { Menu } from './menu-list.js'
import { OrganizationSwitch } from './organization-switch.js'
import { PersonMenu } from './person-menu.js'
import { SearchBox } from './search-box.js'

/** The frame of the console: menu, organization, person; the page in the middle. */
export function Shell() {
  const [isOpen, { toggle, close }] = useDisclosure(false)
  const { t } = useTranslation()
  const { pathname } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes when another page is there
  useEffect(close, [pathname])

  return (
    <AppShell
      header={{ height: 60 }}
      navbar={{ width: 248, breakpoint: 'md', collapsed: { mobile: !isOpen } }}
      padding="md"
    >
      <a className="skip-link" href="#content">
        {t('skip')}
      </a>
      <AppShell.Header bg="var(--rosette-card)">
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <Burger
              opened={isOpen}
              onClick={toggle}
              hiddenFrom="md"
              size="sm"
              aria-label={t('menu.open')}
              aria-expanded={isOpen}
            />
            <Mark size={30} />
            <OrganizationSwitch />
          </Group>
          <Group gap="xs" wrap="nowrap">
            <SearchBox />
            <PersonMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar bg="var(--rosette-card)" aria-label={t('menu.label')}>
        <Menu />
      </AppShell.Navbar>
      <AppShell.Main id="content">
        <Box maw={1240} mx="auto">
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </Box>
      </AppShell.Main>
    </AppShell>
  )
}
