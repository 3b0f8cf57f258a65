import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.js'
import { startTexts } from './i18n/texts.js'
import './theme/styles.css'

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no element to draw in.')
await startTexts()
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
