export { createWallets, type Wallets } from './create-wallets.js'
export { walletDocumentRoutes, walletOfferRoutes, walletRoutes } from './wallet-routes.js'
