-- Applications that may read and write backpacks, wallets, and other hosts to which badges are sent.

-- What the OAuth server keeps: clients, questions under way, grants, codes and tokens.
create table oauth_record (
  model text not null,
  -- A hash of what its holder shows, so that nothing here can be used by whoever reads it.
  key text not null,
  payload jsonb not null,
  client_id uuid,
  -- Whose backpack it is about; a question belongs to whoever looked at it first.
  user_id uuid references app_user on delete cascade,
  grant_id text,
  expires_at timestamptz,
  consumed_at timestamptz,
  last_used_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (model, key)
);
create index oauth_record_grant on oauth_record (grant_id) where grant_id is not null;
create index oauth_record_user on oauth_record (user_id, client_id) where user_id is not null;
create index oauth_record_client on oauth_record (client_id) where client_id is not null;
create index oauth_record_expiry on oauth_record (expires_at) where expires_at is not null;

-- An offer of one badge to one wallet.
create table wallet_offer (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references app_user on delete cascade,
  award_id uuid not null references award on delete cascade,
  code_hash bytea not null unique,
  pin_hash bytea not null,
  wrong_pins integer not null default 0,
  expires_at timestamptz not null,
  -- Once the code was exchanged.
  token_hash bytea unique,
  token_expires_at timestamptz,
  -- Once the badge was handed out.
  issued_at timestamptz,
  created_at timestamptz not null default now()
);
create index wallet_offer_user on wallet_offer (user_id);
create index wallet_offer_award on wallet_offer (award_id);

-- Proofs of wallets are good once.
create table used_wallet_nonce (
  hash bytea primary key,
  expires_at timestamptz not null
);

-- Another host to which somebody sends badges.
create table badge_host (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references app_user on delete cascade,
  name text not null,
  url text not null,
  kind text not null check (kind in ('open-badges-3.0', 'badge-connect-2.1')),
  state text not null default 'connecting' check (state in ('connecting', 'connected', 'ended')),
  -- Where it registers, asks, gives tokens and takes badges.
  endpoints jsonb not null,
  client_id text not null,
  -- The secret of the client, the verifier of the question under way, and the tokens.
  sealed_secret bytea not null,
  -- Of the answer that is waited for.
  state_hash bytea unique,
  state_expires_at timestamptz,
  connected_at timestamptz,
  last_error text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index badge_host_user on badge_host (user_id);

-- Which badges are there; an award or an entry of the backpack.
create table badge_host_badge (
  host_id uuid not null references badge_host on delete cascade,
  badge_id uuid not null,
  -- Of what was sent, to know whether it was the same again.
  content_hash bytea not null,
  sent_at timestamptz not null default now(),
  primary key (host_id, badge_id)
);
