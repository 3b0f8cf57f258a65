import { Button, Group, Stack, Text } from '@mantine/core'
import { Briefcase, Mail, Megaphone, Share2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { AsStrangersSeeIt, EmbedCode } from '../../components/as-strangers-see-it.js'
import { Copyable } from '../../components/copyable.js'
import { Section } from '../../components/section.js'
import type { BadgeDetail } from '../../lib/backpack.js'
import { WhoSeesIt } from './who-sees-it.js'

/** Shows the badge where it counts. */
export function Share({ badge }: { readonly badge: BadgeDetail }) {
  const { t } = useTranslation('backpack')
  return (
    <Section title={t('share.title')} about={t('share.about')}>
      <WhoSeesIt badge={badge} />
      {badge.share === null ? (
        <Text size="sm" c="dimmed">
          {t('share.nobody')}
        </Text>
      ) : (
        <ShareLinks share={badge.share} />
      )}
    </Section>
  )
}

type Links = { readonly share: NonNullable<BadgeDetail['share']> }

function ShareLinks({ share }: Links) {
  const { t } = useTranslation('backpack')
  const places = [
    { href: share.linkedInProfile, text: t('share.linkedInProfile'), icon: Briefcase },
    { href: share.linkedInPost, text: t('share.linkedInPost'), icon: Megaphone },
    { href: share.x, text: t('share.x'), icon: Share2 },
    { href: share.facebook, text: t('share.facebook'), icon: Share2 },
    { href: share.mail, text: t('share.mail'), icon: Mail },
  ]
  return (
    <Stack gap="md">
      <Stack gap={4}>
        <Text size="sm" fw={500}>
          {t('share.link')}
        </Text>
        <Copyable text={share.url} label={t('share.link')} />
      </Stack>
      <Group gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {places.map(({ href, text, icon: Icon }) => (
          <li key={text}>
            <Button
              component="a"
              href={href}
              variant="default"
              leftSection={<Icon size={16} aria-hidden />}
              {...(/^https?:/.test(href) && { target: '_blank', rel: 'noreferrer' })}
            >
              {text}
            </Button>
          </li>
        ))}
        <li>
          <AsStrangersSeeIt url={share.url} />
        </li>
      </Group>
      <EmbedCode code={share.embedCode} />
    </Stack>
  )
}
