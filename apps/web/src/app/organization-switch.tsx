import { Button, Menu, Text } from '@mantine/core'
import { useNavigate, useParams } from '@tanstack/react-router'
import { ChevronDown } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../lib/session.js'

/** Which organization the pages are about. */
export function OrganizationSwitch() {
  const { t } = useTranslation()
  const { organizations } = useSession()
  const { organization } = useParams({ strict: false })
  const navigate = useNavigate()
  const here = organizations.find(({ slug }) => slug === organization)
  if (organizations.length === 0) return <Text fw={600}>Rosette</Text>
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          c="var(--mantine-color-text)"
          px="xs"
          rightSection={<ChevronDown size={16} aria-hidden />}
          styles={{ label: { overflow: 'hidden', textOverflow: 'ellipsis' } }}
          miw={0}
        >
          {here?.name ?? t('organization.choose')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('organization.label')}</Menu.Label>
        {organizations.map(({ id, slug, name, isDemo }) => (
          <Menu.Item
            key={id}
            onClick={() =>
              void navigate({ to: '/o/$organization', params: { organization: slug } })
            }
            aria-current={slug === organization ? 'true' : undefined}
            fw={slug === organization ? 600 : undefined}
          >
            {name}
            {isDemo && (
              <Text span size="xs" c="dimmed">
                {' '}
                {t('organization.demo')}
              </Text>
            )}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
