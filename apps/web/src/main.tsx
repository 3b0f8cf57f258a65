import { setNonce } from 'get-nonce'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.js'
import { area, styleNonce } from './config/places.js'
import { startTexts } from './i18n/texts.js'
import './theme/styles.css'

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no element to draw in.')
// Dialogs keep the page behind them from scrolling by a style of their own.
setNonce(styleNonce)
// By its name, not by a condition: for that the files of both would be fetched.
const routers = {
  console: () => import('./app/router.js'),
  backpack: () => import('./backpack/router.js'),
}
const [{ router }] = await Promise.all([routers[area](), startTexts()])
createRoot(root).render(
  <StrictMode>
    <App router={router} />
  </StrictMode>,
)
