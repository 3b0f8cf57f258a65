import { answer, api, type Schema } from '../../lib/api.js'

export function sendToHost(hostId: string, badgeId: string): Promise<Schema<'BadgeSent'>> {
  return answer(
    api.POST('/api/v1/me/hosts/{id}/badges', {
      params: { path: { id: hostId } },
      body: { badgeId },
    }),
  )
}

export function offerToWallet(badgeId: string): Promise<Schema<'WalletOffer'>> {
  return answer(
    api.POST('/api/v1/backpack/badges/{id}/wallet-offers', { params: { path: { id: badgeId } } }),
  )
}
