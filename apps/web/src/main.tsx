import { setNonce } from 'get-nonce'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.js'
import { isBackpack, styleNonce } from './config/places.js'
import { startTexts } from './i18n/texts.js'
import './theme/styles.css'

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no element to draw in.')
// Dialogs keep the page behind them from scrolling by a style of their own.
setNonce(styleNonce)
const [{ router }] = await Promise.all([
  isBackpack ? import('./backpack/router.js') : import('./app/router.js'),
  startTexts(),
])
createRoot(root).render(
  <StrictMode>
    <App router={router} />
  </StrictMode>,
)
