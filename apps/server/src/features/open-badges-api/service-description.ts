import type { Brand } from '../../http/brand.js'
import { offlineAccess, openBadgesScopes } from '../oauth-host/oauth-host.js'

const specification = 'https://purl.imsglobal.org/spec/ob/v3p0/'
const schemas = `${specification}schema/json-ld/ob_v3p0_`

const scopeWords = {
  [openBadgesScopes.read]: 'Read the credentials of the person.',
  [openBadgesScopes.write]: 'Create and replace credentials of the person.',
  [openBadgesScopes.profile]: 'Read the profile of the person.',
  [offlineAccess]: 'Stay connected when the person is away.',
}

/** The service description document: an OpenAPI document of what this server does of the API, and no more. */
export function serviceDescription(base: string, { name, icon }: Pick<Brand, 'name' | 'icon'>) {
  const oauth = `${base}/oauth`
  return {
    openapi: '3.0.1',
    info: {
      title: name,
      description: `The Open Badges 3.0 API of ${name}.`,
      version: '3.0',
      termsOfService: `${base}/`,
      'x-imssf-image': new URL(icon, base).href,
      'x-imssf-privacyPolicyUrl': `${base}/`,
    },
    servers: [{ url: `${base}/ims/ob/v3p0`, description: name }],
    tags: [
      { name: 'OpenBadgeCredentials', description: 'The badges of the person.' },
      { name: 'Discovery', description: 'This document.' },
    ],
    paths: { '/credentials': credentials, '/profile': profile, '/discovery': discovery },
    components: {
      securitySchemes: {
        OAuth2ACG: {
          type: 'oauth2',
          description: 'OAuth 2.0 with authorization codes and PKCE.',
          'x-imssf-registrationUrl': `${oauth}/register`,
          'x-imssf-revocationUrl': `${oauth}/revoke`,
          flows: {
            authorizationCode: {
              authorizationUrl: `${oauth}/auth`,
              tokenUrl: `${oauth}/token`,
              refreshUrl: `${oauth}/token`,
              scopes: scopeWords,
            },
          },
        },
      },
      schemas: { Imsx_StatusInfo: { $ref: `${schemas}imsx_statusinfo_schema.json` } },
    },
  }
}

const json = (name: string) => ({ 'application/json': { schema: { $ref: `${schemas}${name}` } } })
const credentialTypes = {
  ...json('achievementcredential_schema.json'),
  'application/vc+ld+json': {
    schema: { $ref: `${schemas}achievementcredential_schema.json` },
  },
  'text/plain': {
    schema: { type: 'string', pattern: '^[-A-Za-z0-9_=]+\\.[-A-Za-z0-9_=]+\\.[-A-Za-z0-9_=]+$' },
  },
}
const refused = {
  description: 'Refused.',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Imsx_StatusInfo' } } },
}
const refusals = (...codes: readonly string[]) =>
  Object.fromEntries([...codes, 'default'].map((code) => [code, refused]))
const secured = (scope: string) => ({ security: [{ OAuth2ACG: [scope] }] })
const number = (name: string, minimum: number) => ({
  name,
  in: 'query',
  schema: { type: 'integer', format: 'int32', minimum },
})

const credentials = {
  get: {
    operationId: 'getCredentials',
    summary: 'The service request to retrieve credentials.',
    tags: ['OpenBadgeCredentials'],
    ...secured(openBadgesScopes.read),
    parameters: [
      number('limit', 1),
      number('offset', 0),
      { name: 'since', in: 'query', schema: { type: 'string', format: 'date-time' } },
    ],
    responses: {
      '200': {
        description: 'The credentials, a page at a time.',
        headers: {
          'X-Total-Count': { schema: { type: 'integer', format: 'int32' } },
          Link: { schema: { type: 'string', format: 'uri' } },
        },
        content: json('getopenbadgecredentialsresponse_schema.json'),
      },
      ...refusals('400', '401', '403', '405', '406', '500'),
    },
  },
  post: {
    operationId: 'upsertCredential',
    summary: 'The service request to store a credential, or to replace it by a later one.',
    tags: ['OpenBadgeCredentials'],
    ...secured(openBadgesScopes.write),
    requestBody: { required: true, content: credentialTypes },
    responses: {
      '200': { description: 'It was replaced, or was there.', content: credentialTypes },
      '201': { description: 'It was created.', content: credentialTypes },
      ...refusals('400', '401', '403', '405', '415', '422', '500'),
    },
  },
}

const profile = {
  get: {
    operationId: 'getProfile',
    summary: 'The service request to fetch the profile of the person.',
    tags: ['OpenBadgeCredentials'],
    ...secured(openBadgesScopes.profile),
    responses: {
      '200': { description: 'The profile.', content: json('profile_schema.json') },
      ...refusals('401', '403', '404', '405', '500'),
    },
  },
}

const discovery = {
  get: {
    operationId: 'getServiceDescription',
    summary: 'The service request to fetch this document.',
    tags: ['Discovery'],
    responses: {
      '200': {
        description: 'This document.',
        content: { 'application/json': { schema: { type: 'object' } } },
      },
      ...refusals('500'),
    },
  },
}
