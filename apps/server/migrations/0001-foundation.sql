-- Who runs badges, and who signs them.

create table organization (
  id uuid primary key default gen_random_uuid(),
  slug text not null unique,
  name text not null,
  is_demo boolean not null default false,
  created_at timestamptz not null default now()
);

create table image (
  id uuid primary key default gen_random_uuid(),
  media_type text not null check (media_type in ('image/png', 'image/svg+xml')),
  content bytea not null,
  sha256 bytea not null,
  created_at timestamptz not null default now()
);

create table issuer (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references organization on delete cascade,
  name text not null,
  url text not null,
  email text,
  description text,
  image_id uuid references image,
  -- How the issuer is named in Open Badges 3.0: by its web address or as did:web.
  identifier text not null default 'url' check (identifier in ('url', 'did:web')),
  created_at timestamptz not null default now()
);

-- A retired key signs no more but stays published, so that old badges keep verifying.
create table issuer_key (
  kid text primary key,
  issuer_id uuid not null references issuer on delete cascade,
  sealed_secret bytea not null,
  created_at timestamptz not null default now(),
  retired_at timestamptz
);
create index on issuer_key (issuer_id);

-- What can be earned, and how.

create table badge_template (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references organization on delete cascade,
  issuer_id uuid not null references issuer,
  name text not null,
  description text not null default '',
  criteria text not null default '',
  image_id uuid references image,
  state text not null default 'draft' check (state in ('draft', 'active', 'archived')),
  reaward text not null default 'allowed' check (reaward in ('allowed', 'never')),
  repeat_by text,
  tags text[] not null default '{}',
  expires_after_days integer check (expires_after_days > 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  activated_at timestamptz
);
create index on badge_template (organization_id, created_at);

create table requirement (
  id bigint generated always as identity primary key,
  template_id uuid not null references badge_template on delete cascade,
  ref text not null,
  group_letter char(1) not null check (group_letter between 'A' and 'Z'),
  event_type text not null,
  description text,
  data_rules jsonb not null default '[]',
  count_at_least integer check (count_at_least > 0),
  count_distinct_by text,
  window_from timestamptz,
  window_until timestamptz,
  after text[] not null default '{}',
  position integer not null,
  unique (template_id, ref)
);

create table penalty (
  id bigint generated always as identity primary key,
  template_id uuid not null references badge_template on delete cascade,
  ref text not null,
  event_type text not null,
  description text,
  data_rules jsonb not null default '[]',
  requirements text[] not null default '{}',
  position integer not null,
  unique (template_id, ref)
);

-- One row. Consumers share-lock it while they apply rules and whoever changes active rules raises it,
-- so a change waits for the batches under way and the next batch sees it.
create table rule_version (
  single boolean primary key default true check (single),
  version bigint not null default 1
);
insert into rule_version default values;

-- What happened, and to whom.

create table learner (
  id bigint generated always as identity primary key,
  public_id uuid not null unique default gen_random_uuid(),
  lms_user_id bigint unique,
  username text not null,
  email text not null default '',
  name text not null default '',
  is_active boolean not null default true,
  is_demo boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index on learner (lower(username) text_pattern_ops);
create index on learner (lower(email) text_pattern_ops);

-- The order of the key makes an insert touch the newest pages only, however many events are stored.
create table event_log (
  occurred_at timestamptz not null,
  id uuid not null,
  event_type text not null,
  source text not null,
  lms_user_id bigint,
  -- Not jsonb: the log is written much more often than it is searched inside, and this is a quarter faster.
  data json not null,
  received_at timestamptz not null default now(),
  primary key (occurred_at, id)
) partition by range (occurred_at);
create table event_log_other partition of event_log default;
create index event_log_learner on event_log (lms_user_id, occurred_at);

create table dead_letter (
  id uuid primary key default gen_random_uuid(),
  topic text not null,
  consumer_group text not null,
  position text not null,
  event_type text,
  event_id text,
  headers jsonb not null,
  value bytea,
  reason text not null,
  detail text not null,
  state text not null default 'parked' check (state in ('parked', 'replayed', 'discarded')),
  created_at timestamptz not null default now(),
  settled_at timestamptz,
  unique (topic, consumer_group, position)
);
create index on dead_letter (state, created_at);

-- What the events have said about one requirement for one learner; merged by min, max, max.
-- `instance` and `key` are '*' where they stand for all, else '=' and the value.
-- No foreign keys: a batch writes thousands of rows, and the rows they would check are locked anyway.
create table mark (
  learner_id bigint not null,
  requirement_id bigint not null,
  instance text not null,
  key text not null,
  first_at timestamptz,
  first_event uuid,
  last_at timestamptz,
  last_event uuid,
  reset_at timestamptz,
  reset_event uuid,
  primary key (learner_id, requirement_id, instance, key)
);

-- What was decided, and why.

create table award (
  id uuid primary key default gen_random_uuid(),
  number bigint generated always as identity unique,
  template_id uuid not null references badge_template,
  learner_id bigint not null references learner,
  instance text not null default '*',
  status text not null default 'awarded' check (status in ('awarded', 'revoked')),
  source text not null check (source in ('rules', 'hand')),
  awarded_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  revoked_by text check (revoked_by in ('rules', 'hand')),
  revocation_reason text,
  cause jsonb not null,
  revocation_cause jsonb,
  evidence jsonb not null default '[]',
  narrative text,
  -- The agreement of the learner to be named on the public page.
  shows_name boolean not null default false,
  created_at timestamptz not null default now()
);
-- The guard against a second award, whatever the code above it does.
create unique index award_active on award (template_id, learner_id, instance) where status = 'awarded';
create index on award (learner_id);
create index on award (template_id, number);

create table issuance (
  id uuid primary key default gen_random_uuid(),
  award_id uuid not null references award on delete cascade,
  target text not null default 'native',
  state text not null default 'queued'
    check (state in ('queued', 'issuing', 'issued', 'failed', 'stopped', 'revoking', 'revoked')),
  attempts integer not null default 0,
  last_error text,
  next_try_at timestamptz,
  issued_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (award_id, target)
);
create index on issuance (state, created_at);

create table status_list (
  id uuid primary key default gen_random_uuid(),
  issuer_id uuid not null references issuer on delete cascade,
  -- A list must name its issuer as the badges in it do.
  identifier text not null check (identifier in ('url', 'did:web')),
  purpose text not null default 'revocation',
  size integer not null default 131072,
  version bigint not null default 1,
  signed_version bigint not null default 0,
  signed_text text,
  signed_at timestamptz
);
create index on status_list (issuer_id);

create table status_entry (
  list_id uuid not null references status_list on delete cascade,
  index integer not null,
  award_id uuid not null unique references award on delete cascade,
  primary key (list_id, index)
);

-- The exact signed text: never rewritten, never parsed and printed again.
create table credential (
  award_id uuid primary key references award on delete cascade,
  issuer_key_kid text not null references issuer_key,
  salt text not null,
  signed_text text not null,
  created_at timestamptz not null default now()
);

-- Signals that wait to be emitted, in the order of the decisions.
create table outbox (
  id bigint generated always as identity primary key,
  event_type text not null,
  event_id uuid not null,
  occurred_at timestamptz not null,
  data json not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'stopped')),
  last_error text,
  created_at timestamptz not null default now(),
  sent_at timestamptz
);
create index outbox_waiting on outbox (id) where state = 'waiting';

create table api_token (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  hash bytea not null unique,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at timestamptz
);

create table audit_log (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor text not null,
  action text not null,
  subject text not null,
  detail jsonb not null default '{}'
);
create index on audit_log (subject, id);
