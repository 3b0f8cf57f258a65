import { DirectionProvider, MantineProvider, useDirection } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { type AnyRouter, RouterProvider } from '@tanstack/react-router'
import { Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Loading } from '../components/states.js'
import { styleNonce } from '../config/places.js'
import { directionOf } from '../i18n/texts.js'
import { queries } from '../lib/queries.js'
import { theme } from '../theme/theme.js'
import { Dress } from './dress.js'

/** The console or the backpack, as its routes say. */
export function App({ router }: { readonly router: AnyRouter }) {
  const { i18n } = useTranslation()
  return (
    <DirectionProvider initialDirection={directionOf(i18n.language)} detectDirection={false}>
      <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => styleNonce}>
        <FollowLanguage language={i18n.language} />
        <Notifications position="bottom-center" />
        <QueryClientProvider client={queries}>
          <Dress />
          <Suspense fallback={<Loading />}>
            <RouterProvider router={router} context={{ queries }} />
          </Suspense>
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  )
}

function FollowLanguage({ language }: { language: string }) {
  const { setDirection } = useDirection()
  useEffect(() => setDirection(directionOf(language)), [language, setDirection])
  return null
}
