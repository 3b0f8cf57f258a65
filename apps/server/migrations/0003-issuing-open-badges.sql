-- Keys of several kinds, badges in several forms, and what a badge says beside its name.

alter table issuer_key
  add column algorithm text not null default 'Ed25519'
    check (algorithm in ('Ed25519', 'P-256', 'RSA')),
  -- The public half as a JSON Web Key; null for Ed25519, whose kid is its public half.
  add column public_jwk jsonb,
  -- A stolen key stays published as revoked: what it signed is believed no more.
  add column revoked_at timestamptz,
  add column revocation_reason text;

alter table credential
  -- Made when somebody first asks: each signature is random, so the text is kept.
  add column signed_jwt text,
  add column jwt_key_kid text references issuer_key,
  add column signed_assertion text,
  add column assertion_key_kid text references issuer_key,
  -- When it took the place of an earlier text; null for the first.
  add column reissued_at timestamptz;
create index on credential (issuer_key_kid);
create index on credential (jwt_key_kid) where jwt_key_kid is not null;
create index on credential (assertion_key_kid) where assertion_key_kid is not null;

-- What was signed before a badge was issued again, byte for byte.
create table replaced_credential (
  id bigint generated always as identity primary key,
  award_id uuid not null references award on delete cascade,
  issuer_key_kid text not null references issuer_key,
  signed_text text not null,
  signed_jwt text,
  signed_assertion text,
  replaced_at timestamptz not null default now()
);
create index on replaced_credential (award_id, id);

-- Badges to be issued again, in batches; the award after which to go on is kept here.
create table reissue (
  id uuid primary key default gen_random_uuid(),
  issuer_id uuid not null references issuer on delete cascade,
  key_kid text references issuer_key,
  template_id uuid references badge_template on delete cascade,
  requested_by text not null,
  requested_at timestamptz not null default now(),
  last_number bigint not null default 0,
  -- Awards that came later are signed with what is current anyway.
  until_number bigint not null,
  reissued integer not null default 0,
  failed integer not null default 0,
  last_error text,
  finished_at timestamptz
);
create index on reissue (issuer_id, requested_at);

alter table badge_template
  -- As Open Badges have it: de, pt-BR, zh-Hant.
  add column language text,
  add column achievement_type text not null default 'Badge',
  add column field_of_study text,
  add column alignments jsonb not null default '[]',
  -- What can come out beside the badge itself, such as a grade.
  add column results jsonb not null default '[]';

alter table award
  add column results jsonb not null default '[]';

-- What one issuer says of another's badge, or of another issuer.
create table endorsement (
  id uuid primary key default gen_random_uuid(),
  -- Who says it; null when it was signed elsewhere.
  issuer_id uuid references issuer on delete cascade,
  issuer_name text not null,
  issuer_url text,
  subject_template_id uuid references badge_template on delete cascade,
  subject_issuer_id uuid references issuer on delete cascade,
  comment text not null default '',
  form text not null check (form in ('json', 'jwt')),
  issuer_key_kid text references issuer_key,
  signed_text text not null,
  signed_jwt text,
  created_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  check ((subject_template_id is null) <> (subject_issuer_id is null))
);
create index on endorsement (subject_template_id) where subject_template_id is not null;
create index on endorsement (subject_issuer_id) where subject_issuer_id is not null;
create index on endorsement (issuer_id) where issuer_id is not null;
