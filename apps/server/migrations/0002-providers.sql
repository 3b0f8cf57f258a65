-- Platforms that issue badges for us, and what is known of the badges there.

create table provider_account (
  id uuid primary key default gen_random_uuid(),
  -- Short, for people who type it on a command line.
  number bigint generated always as identity unique,
  organization_id uuid not null references organization on delete cascade,
  -- In whose name badges of its templates appear on our own pages.
  issuer_id uuid not null references issuer,
  provider text not null check (provider in ('credly', 'accredible', 'badgr')),
  name text not null,
  -- Which of the provider's organizations or issuers; null where the key alone says it.
  external_id text,
  -- Null for the address in the settings.
  api_base_url text,
  -- The secrets, sealed as one JSON text; null when they stand in the settings.
  sealed_secret bytea,
  -- SHA-256 of what must stand in the address of its webhook; null when nothing must.
  webhook_secret_hash bytea,
  requests_per_minute integer check (requests_per_minute > 0),
  key_expires_at timestamptz,
  -- While it is paused nothing is sent but a probe now and then.
  paused_at timestamptz,
  pause_reason text,
  failures integer not null default 0,
  probes integer not null default 0,
  next_probe_at timestamptz,
  poll_cursor text,
  polled_at timestamptz,
  synced_at timestamptz,
  sync_summary jsonb,
  sync_error text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index on provider_account (organization_id);
create unique index on provider_account (provider, external_id) where provider = 'credly';

-- Requests that may be made at once, refilled with time. Shared by all processes, and by all accounts
-- whose requests are counted together.
create table rate_bucket (
  key text primary key,
  tokens double precision not null,
  refilled_at timestamptz not null default now(),
  blocked_until timestamptz
);

create table provider_template (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references provider_account on delete cascade,
  external_id text not null,
  name text not null,
  description text not null default '',
  image_url text,
  url text,
  state text not null check (state in ('draft', 'active', 'archived')),
  allows_duplicates boolean not null default false,
  skills text[] not null default '{}',
  -- The provider's own time of its last change.
  changed_at timestamptz,
  synced_at timestamptz not null default now(),
  unique (account_id, external_id)
);

alter table badge_template
  -- Where its badges are issued; null for our own Open Badges.
  add column provider_template_id uuid references provider_template,
  -- It was made by a sync, so its name, description and tags are the provider's.
  add column follows_provider boolean not null default false,
  -- It went to the archive with the provider's template, and comes back with it.
  add column archived_with_provider boolean not null default false,
  add column notifies boolean not null default true,
  add column locale text;
create index on badge_template (provider_template_id) where provider_template_id is not null;

alter table issuance
  add column account_id uuid references provider_account,
  add column external_template_id text,
  -- What the award asks for now; the state says how far that has come.
  add column wanted text not null default 'issued' check (wanted in ('issued', 'revoked')),
  add column external_id text,
  add column external_url text,
  -- The provider's own word.
  add column external_state text,
  -- The address that the last order named, by which a lost answer is looked for.
  add column sent_to text,
  -- A call was begun that may have had an effect: look there before the next.
  add column uncertain boolean not null default false,
  -- Which try holds it; a slower one that lost it writes nothing.
  add column claim uuid,
  -- Why it stopped, for programs; last_error and remedy are for people.
  add column reason text,
  add column remedy text,
  -- What led to the present state, in a sentence.
  add column note text,
  add column revoked_at timestamptz,
  -- What the revocation did at the provider: 'revoke', 'expire', 'delete', or 'none'.
  add column revocation_effect text,
  add column checked_at timestamptz;

-- The work of an account, in the order in which it is due.
create index issuance_due on issuance (account_id, next_try_at)
  where account_id is not null and next_try_at is not null;
create index on issuance (account_id, state);
create index on issuance (state, id);
-- The list of all, the latest change first; without it, each page of the list sorts every issuance.
create index on issuance (updated_at desc, id);
create index on issuance (account_id, checked_at) where state = 'issued';
-- One badge there stands for one award here, however the lost answers fell.
create unique index issuance_external on issuance (account_id, external_id)
  where external_id is not null and wanted = 'issued';

-- Every change of an issuance, written by the database so that none is missed.
create table issuance_history (
  id bigint generated always as identity primary key,
  issuance_id uuid not null references issuance on delete cascade,
  at timestamptz not null default now(),
  state text not null,
  external_state text,
  note text,
  error text,
  next_try_at timestamptz
);
create index on issuance_history (issuance_id, id);

create function record_issuance() returns trigger language plpgsql as $$
begin
  insert into issuance_history (issuance_id, state, external_state, note, error, next_try_at)
  values (new.id, new.state, new.external_state, new.note,
    case when new.state in ('failed', 'stopped') then new.last_error end,
    case when new.state = 'failed' then new.next_try_at end);
  return null;
end $$;
create trigger issuance_changed after update on issuance for each row
  when (old.state is distinct from new.state
    or old.external_state is distinct from new.external_state
    or old.external_id is distinct from new.external_id
    or (new.state in ('failed', 'stopped') and old.attempts is distinct from new.attempts))
  execute function record_issuance();

-- What providers announced to us, before and after it was read back from them.
create table provider_event (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references provider_account on delete cascade,
  external_id text not null,
  -- What the announcement said, and what the provider said when asked.
  claimed_type text not null,
  event_type text,
  occurred_at timestamptz,
  state text not null default 'waiting'
    check (state in ('waiting', 'applied', 'ignored', 'unknown', 'refused')),
  detail text,
  data jsonb,
  received_at timestamptz not null default now(),
  settled_at timestamptz,
  unique (account_id, external_id)
);
create index on provider_event (account_id, state, received_at);

-- What needs a person.
create table notice (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid references organization on delete cascade,
  kind text not null,
  subject text not null,
  detail jsonb not null default '{}',
  opened_at timestamptz not null default now(),
  mailed_at timestamptz,
  resolved_at timestamptz
);
create unique index notice_open on notice (kind, subject) where resolved_at is null;
create index on notice (opened_at);
