import type { Permission } from '@rosette/contract'
import {
  Activity,
  Building2,
  ChartColumn,
  CircleUser,
  FileClock,
  Inbox,
  KeyRound,
  LayoutDashboard,
  type LucideIcon,
  Medal,
  Palette,
  Plug,
  Route,
  Send,
  Settings,
  Shield,
  Stamp,
  Trophy,
  Users,
  UsersRound,
  Workflow,
} from 'lucide-react'

export type MenuItem = {
  /** Below the organization, or from the top of the console for the installation's pages. */
  readonly path: string
  readonly text: MenuText
  readonly icon: LucideIcon
  readonly permission: Permission
}
export type MenuSection = {
  readonly text: 'menu.badges' | 'menu.issuing' | 'menu.settings' | 'menu.installation'
  readonly of: 'organization' | 'platform'
  readonly items: readonly MenuItem[]
}
type MenuText =
  | 'menu.dashboard'
  | 'menu.templates'
  | 'menu.learners'
  | 'menu.awards'
  | 'menu.pathways'
  | 'menu.insights'
  | 'menu.issuers'
  | 'menu.providers'
  | 'menu.issuances'
  | 'menu.backfills'
  | 'menu.members'
  | 'menu.tokens'
  | 'menu.appearance'
  | 'menu.audit'
  | 'menu.organization'
  | 'menu.events'
  | 'menu.bus'
  | 'menu.deadLetters'
  | 'menu.organizations'
  | 'menu.users'
  | 'menu.configuration'

/** Where everything is. What somebody may not see is not shown to them. */
export const menu: readonly MenuSection[] = [
  {
    text: 'menu.badges',
    of: 'organization',
    items: [
      { path: '', text: 'menu.dashboard', icon: LayoutDashboard, permission: 'organization:read' },
      { path: '/badges', text: 'menu.templates', icon: Medal, permission: 'template:read' },
      { path: '/learners', text: 'menu.learners', icon: UsersRound, permission: 'learner:read' },
      { path: '/awards', text: 'menu.awards', icon: Trophy, permission: 'award:read' },
      { path: '/pathways', text: 'menu.pathways', icon: Route, permission: 'pathway:read' },
      { path: '/insights', text: 'menu.insights', icon: ChartColumn, permission: 'insight:read' },
    ],
  },
  {
    text: 'menu.issuing',
    of: 'organization',
    items: [
      { path: '/issuers', text: 'menu.issuers', icon: Stamp, permission: 'issuer:read' },
      { path: '/providers', text: 'menu.providers', icon: Plug, permission: 'account:read' },
      { path: '/issuances', text: 'menu.issuances', icon: Send, permission: 'issuance:read' },
      { path: '/backfills', text: 'menu.backfills', icon: FileClock, permission: 'template:read' },
    ],
  },
  {
    text: 'menu.settings',
    of: 'organization',
    items: [
      {
        path: '/settings',
        text: 'menu.organization',
        icon: Building2,
        permission: 'organization:edit',
      },
      { path: '/members', text: 'menu.members', icon: Users, permission: 'member:read' },
      { path: '/tokens', text: 'menu.tokens', icon: KeyRound, permission: 'token:edit' },
      { path: '/audit', text: 'menu.audit', icon: Shield, permission: 'audit:read' },
    ],
  },
  {
    text: 'menu.installation',
    of: 'platform',
    items: [
      { path: '/platform/events', text: 'menu.events', icon: Activity, permission: 'event:read' },
      {
        path: '/platform/dead-letters',
        text: 'menu.deadLetters',
        icon: Inbox,
        permission: 'platform:read',
      },
      { path: '/platform/bus', text: 'menu.bus', icon: Workflow, permission: 'platform:read' },
      {
        path: '/platform/organizations',
        text: 'menu.organizations',
        icon: Building2,
        permission: 'organization:create',
      },
      { path: '/platform/users', text: 'menu.users', icon: CircleUser, permission: 'user:edit' },
      {
        path: '/platform/appearance',
        text: 'menu.appearance',
        icon: Palette,
        permission: 'platform:edit',
      },
      {
        path: '/platform/configuration',
        text: 'menu.configuration',
        icon: Settings,
        permission: 'platform:read',
      },
    ],
  },
]
