-- What learners do with their badges: addresses they are known by, badges from elsewhere, who may see what.

-- Numbers for software that knows people and groups by integers only.
alter table app_user add column number bigint generated always as identity unique;

-- Addresses beside the one of the account. Anybody may name any address; it counts once it is proven.
create table user_address (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references app_user on delete cascade,
  email text not null,
  proven_at timestamptz,
  created_at timestamptz not null default now()
);
create unique index user_address_own on user_address (user_id, lower(email));
create unique index user_address_proven on user_address (lower(email)) where proven_at is not null;

-- Whose mail is whose, as far as it is known.
create view proven_address as
  select id as user_id, email, email_proven_at as proven_at
    from app_user where email_proven_at is not null and disabled_at is null
  union all
  select a.user_id, a.email, a.proven_at
    from user_address a join app_user u on u.id = a.user_id
    where a.proven_at is not null and u.disabled_at is null;
create index app_user_proven on app_user (lower(email)) where email_proven_at is not null;
-- The one that is there helps to search by a beginning, which this does not need.
create index learner_email on learner (lower(email)) where email <> '';

-- Letters that an address does not want. A hash: whoever is erased must not get them either.
create table mail_opt_out (
  hash bytea not null,
  letters text not null check (letters in ('new-badges', 'endorsements')),
  created_at timestamptz not null default now(),
  primary key (hash, letters)
);

alter table one_time_link drop constraint one_time_link_kind_check;
alter table one_time_link add constraint one_time_link_kind_check
  check (kind in ('set-up', 'reset', 'invitation', 'sign-in', 'address'));
-- A page of the site to go to with it.
alter table one_time_link add column leads_to text;

alter table award
  -- Who may see the page; a program that holds the badge can check it in any case (ADR 15).
  add column visibility text not null default 'unlisted'
    check (visibility in ('public', 'unlisted', 'private')),
  -- What the learner said to it, for software that asks.
  add column acceptance text not null default 'unaccepted'
    check (acceptance in ('unaccepted', 'accepted', 'rejected')),
  -- Not on the learner's own wall.
  add column is_hidden boolean not null default false,
  -- When the learner first saw it in the backpack.
  add column seen_at timestamptz,
  -- When the letter about it went out.
  add column mailed_at timestamptz;

-- A badge that a learner brought from elsewhere, as it came.
create table backpack_entry (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references app_user on delete cascade,
  -- The same for the same badge, whatever door it comes in by.
  identity text not null,
  content bytea not null,
  content_type text not null,
  source text not null check (source in
    ('file', 'text', 'url', 'archive', 'badge-connect', 'open-badges-api', 'badgr-api')),
  source_url text,
  -- Waiting for an address to be proven; rejected where software asked for that.
  state text not null check (state in ('waiting', 'kept', 'rejected')),
  kind text not null,
  verdict text not null,
  status_reason text,
  report jsonb not null,
  name text not null,
  description text not null default '',
  criteria text not null default '',
  issuer_name text not null default '',
  issuer_url text,
  tags text[] not null default '{}',
  -- As the badge names the recipient: { type, identity, hashed, salt }.
  recipient jsonb,
  picture_id uuid references image,
  awarded_at timestamptz,
  expires_at timestamptz,
  visibility text not null default 'unlisted' check (visibility in ('public', 'unlisted', 'private')),
  shows_name boolean not null default false,
  is_hidden boolean not null default false,
  seen_at timestamptz,
  checked_at timestamptz not null default now(),
  -- When it is verified again.
  next_check_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (user_id, identity)
);
create index backpack_entry_due on backpack_entry (next_check_at) where next_check_at is not null;

create table collection (
  id uuid primary key default gen_random_uuid(),
  number bigint generated always as identity unique,
  user_id uuid not null references app_user on delete cascade,
  name text not null,
  description text not null default '',
  -- What stands in the link while it is published.
  share_hash text unique,
  published_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index on collection (user_id);

create table collection_item (
  collection_id uuid not null references collection on delete cascade,
  position integer not null,
  award_id uuid references award on delete cascade,
  entry_id uuid references backpack_entry on delete cascade,
  note text not null default '',
  primary key (collection_id, position),
  check (num_nonnulls(award_id, entry_id) = 1),
  unique (collection_id, award_id),
  unique (collection_id, entry_id)
);
create index on collection_item (award_id) where award_id is not null;
create index on collection_item (entry_id) where entry_id is not null;

-- What one person says about the badge of another.
create table badge_endorsement (
  id uuid primary key default gen_random_uuid(),
  award_id uuid references award on delete cascade,
  entry_id uuid references backpack_entry on delete cascade,
  -- Whose badge it is, and who may have given it.
  user_id uuid not null references app_user on delete cascade,
  endorser_user_id uuid references app_user on delete set null,
  -- Of the link that was mailed.
  hash bytea unique,
  email text not null,
  name text not null,
  url text,
  message text not null default '',
  comment text not null default '',
  state text not null default 'asked'
    check (state in ('asked', 'given', 'accepted', 'declined', 'hidden', 'withdrawn')),
  signed_text text,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  given_at timestamptz,
  settled_at timestamptz,
  check (num_nonnulls(award_id, entry_id) = 1)
);
create index on badge_endorsement (user_id);
create index on badge_endorsement (award_id) where award_id is not null;
