import { AppShell, Badge, NavLink, ScrollArea, Text, VisuallyHidden } from '@mantine/core'
import { Link, useLocation, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { format } from '../lib/format.js'
import { useMay, useSession } from '../lib/session.js'
import { type MenuSection, menu } from './menu.js'
import { useMenuNeeds } from './menu-needs.js'

/** The menu, without what the person may not see. */
export function Menu() {
  const may = useMay()
  const shown = menu
    .map((section) => ({
      ...section,
      items: section.items.filter(({ permission }) => may(permission)),
    }))
    .filter(({ items }) => items.length > 0)
  return (
    <ScrollArea type="auto" p="xs">
      {shown.map((section) => (
        <Section key={section.text} section={section} />
      ))}
    </ScrollArea>
  )
}

function Section({ section }: { section: MenuSection }) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const { organization } = useParams({ strict: false })
  const { organizations } = useSession()
  const slug = organization ?? organizations[0]?.slug
  const needs = useMenuNeeds(organizations.find((one) => one.slug === slug)?.id)
  if (section.of === 'organization' && slug === undefined) return null
  const base = section.of === 'organization' ? `/o/${slug}` : ''
  return (
    <AppShell.Section mb="sm">
      <Text size="xs" fw={600} c="dimmed" px="sm" py={4}>
        {t(section.text)}
      </Text>
      {section.items.map(({ path, text, icon: Icon }) => {
        const to = `${base}${path}`
        const isHere = path === '' ? pathname === to : pathname.startsWith(to)
        return (
          <NavLink
            key={path}
            component={Link}
            to={to}
            activeOptions={{ exact: path === '' }}
            label={t(text)}
            leftSection={<Icon size={18} aria-hidden />}
            rightSection={<NeedMark count={needs.get(path) ?? 0} />}
            active={isHere}
            aria-current={isHere ? 'page' : undefined}
            py={7}
            styles={{ root: { borderRadius: 'var(--mantine-radius-md)' } }}
            color="rosette"
          />
        )
      })}
    </AppShell.Section>
  )
}

/** How much needs a person there. */
function NeedMark({ count }: { count: number }) {
  const { t } = useTranslation()
  if (count === 0) return null
  return (
    <Badge size="sm" variant="default" c="var(--rosette-bad)" bg="var(--rosette-bad-bg)" bd={0}>
      <span aria-hidden>{count > 999 ? '999+' : format.number(count)}</span>
      <VisuallyHidden>{t('menu.needs', { count })}</VisuallyHidden>
    </Badge>
  )
}
