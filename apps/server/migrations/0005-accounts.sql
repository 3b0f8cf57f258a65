-- People who sign in, what they may do, and how they are known.

create table app_user (
  id uuid primary key default gen_random_uuid(),
  email text not null,
  name text not null,
  -- Argon2id; null for those who come through an identity provider only.
  password_hash text,
  is_administrator boolean not null default false,
  -- What the interface looks like for them: language, colours, the organization seen last.
  preferences jsonb not null default '{}',
  -- Tries that went wrong since the last that did not, and before when the next is refused.
  failed_tries integer not null default 0,
  next_try_at timestamptz,
  disabled_at timestamptz,
  last_seen_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index app_user_email on app_user (lower(email));

-- Who somebody is at an identity provider.
create table user_identity (
  provider text not null,
  subject text not null,
  user_id uuid not null references app_user on delete cascade,
  email text,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  primary key (provider, subject)
);
create index on user_identity (user_id);

create table membership (
  organization_id uuid not null references organization on delete cascade,
  user_id uuid not null references app_user on delete cascade,
  role text not null check (role in ('owner', 'editor', 'staff', 'viewer')),
  -- Given by a claim of this identity provider, and taken back with it; null when people gave it.
  claimed_from text,
  created_at timestamptz not null default now(),
  primary key (organization_id, user_id)
);
create index on membership (user_id);

-- The cookie holds the secret, this its SHA-256.
create table session (
  id uuid primary key default gen_random_uuid(),
  hash bytea not null unique,
  user_id uuid not null references app_user on delete cascade,
  -- How it was begun: 'password', 'link', or the id of an identity provider.
  method text not null,
  user_agent text,
  address text,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index on session (user_id);
create index on session (expires_at);

-- Links that work once: the first administrator, a forgotten password, an invitation.
create table one_time_link (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('set-up', 'reset', 'invitation')),
  hash bytea not null unique,
  user_id uuid references app_user on delete cascade,
  email text,
  organization_id uuid references organization on delete cascade,
  role text check (role in ('owner', 'editor', 'staff', 'viewer')),
  is_administrator boolean not null default false,
  created_by text,
  created_at timestamptz not null default now(),
  mailed_at timestamptz,
  expires_at timestamptz not null,
  used_at timestamptz,
  withdrawn_at timestamptz
);
create index on one_time_link (organization_id) where organization_id is not null;
create index on one_time_link (user_id) where user_id is not null;
-- Somebody is invited to an organization once; who invites again changes the invitation that is open.
create unique index one_time_link_invitation on one_time_link (organization_id, lower(email))
  where kind = 'invitation' and used_at is null and withdrawn_at is null;

alter table api_token
  -- Null reaches everywhere.
  add column organization_id uuid references organization on delete cascade,
  -- Null is everything, as tokens from before there were permissions.
  add column permissions text[],
  add column expires_at timestamptz,
  add column created_by text,
  -- The beginning, by which people tell their tokens apart.
  add column hint text;
create index on api_token (organization_id) where organization_id is not null;

alter table audit_log
  -- Null for what belongs to no organization. No foreign key: the log outlives what it is about.
  add column organization_id uuid,
  add column before jsonb,
  add column after jsonb;
create index on audit_log (organization_id, id);
create index on audit_log (actor, id);
