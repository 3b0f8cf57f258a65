import type { Brand } from '../../http/brand.js'
import { badgeConnectScopes, offlineAccess } from '../oauth-host/oauth-host.js'

/** What a client of Badge Connect finds first (Open Badges 2.1, BadgeConnectManifest). */
export function manifest(base: string, { name, icon }: Pick<Brand, 'name' | 'icon'>) {
  const oauth = `${base}/oauth`
  return {
    '@context': 'https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld',
    id: `${base}/.well-known/badgeconnect.json`,
    badgeConnectAPI: [
      {
        name,
        image: new URL(icon, base).href,
        apiBase: `${base}/ims/ob/v2p1`,
        version: 'v2p1',
        termsOfServiceUrl: `${base}/`,
        privacyPolicyUrl: `${base}/`,
        scopesOffered: [...Object.values(badgeConnectScopes), offlineAccess],
        registrationUrl: `${oauth}/register`,
        authorizationUrl: `${oauth}/auth`,
        tokenUrl: `${oauth}/token`,
        tokenRevocationUrl: `${oauth}/revoke`,
      },
    ],
  }
}
