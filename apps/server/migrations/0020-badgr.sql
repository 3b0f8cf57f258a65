-- What software needs that was written for Badgr.

-- Tokens of its OAuth. What somebody may do with one is looked up when it is used.
create table badgr_token (
  id uuid primary key default gen_random_uuid(),
  -- `key` is the older kind, sent as "Token <key>", which does not end.
  kind text not null check (kind in ('access', 'refresh', 'key')),
  hash bytea not null unique,
  user_id uuid references app_user on delete cascade,
  api_token_id uuid references api_token on delete cascade,
  client_id text not null,
  scope text not null,
  -- For tokens that reach one issuer only.
  issuer_id uuid references issuer on delete cascade,
  -- All that came of one sign-in.
  grant_id uuid not null,
  -- A hash of what the password was kept as: with another password the token ends.
  password_mark bytea,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  -- When a refresh token was first exchanged; for a while it may be again.
  used_at timestamptz,
  check (num_nonnulls(user_id, api_token_id) = 1)
);
create index on badgr_token (user_id) where user_id is not null;
create index on badgr_token (api_token_id) where api_token_id is not null;
create index on badgr_token (grant_id);
create index on badgr_token (expires_at);

-- What such software said of a badge class beyond what a template holds.
create table badgr_class (
  template_id uuid primary key references badge_template on delete cascade,
  issuer_id uuid not null references issuer on delete cascade,
  -- The name that the software chose for it, and asks for it by.
  slug text check (length(slug) between 1 and 255),
  -- { amount, duration }, of which the template holds days.
  expires jsonb,
  created_by uuid references app_user on delete set null,
  created_at timestamptz not null default now()
);
create unique index badgr_class_slug on badgr_class (issuer_id, slug) where slug is not null;
create index on badgr_class (created_by) where created_by is not null;

-- Feeds of what has changed are read in this order.
alter table award add column changed_at timestamptz not null default now();
alter table issuer add column changed_at timestamptz not null default now();
create index award_changed on award (changed_at, id);

create function note_change() returns trigger language plpgsql as $$
begin
  new.changed_at := now();
  return new;
end $$;
create trigger award_note_change before update on award
  for each row execute function note_change();
create trigger issuer_note_change before update on issuer
  for each row execute function note_change();
