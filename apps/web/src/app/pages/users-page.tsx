import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { More } from '../../components/more.js'
import { Page } from '../../components/page.js'
import { Empty, Loading, Problem } from '../../components/states.js'
import { usersQuery } from '../../features/users/user-queries.js'
import { UserTable } from '../../features/users/user-table.js'
import { useSession } from '../../lib/session.js'

export function UsersPage() {
  const { t } = useTranslation('account')
  const [text, setText] = useState('')
  const [search] = useDebouncedValue(text.trim(), 250)
  return (
    <Page title={t('users.title')} about={t('users.about')}>
      <TextInput
        label={t('users.search')}
        maw={420}
        leftSection={<Search size={16} aria-hidden />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Found search={search} />
    </Page>
  )
}

function Found({ search }: { search: string }) {
  const { t } = useTranslation('account')
  const { user } = useSession()
  const pages = useInfiniteQuery(usersQuery(search))
  if (pages.isPending) return <Loading />
  if (pages.isError) return <Problem error={pages.error} onRetry={() => void pages.refetch()} />
  const users = pages.data.pages.flatMap(({ items }) => items)
  if (users.length === 0) return <Empty title={t('users.none')}>{t('users.noneText')}</Empty>
  return (
    <>
      <UserTable users={users} me={user.id} />
      <More pages={pages} />
    </>
  )
}
