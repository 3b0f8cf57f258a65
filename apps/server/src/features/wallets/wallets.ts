export { createWallets } from './create-wallets.js'
export { walletDocumentRoutes, walletOfferRoutes, walletRoutes } from './wallet-routes.js'
