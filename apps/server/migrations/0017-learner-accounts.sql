-- Learners who sign in: whom their LMS knows them as, the letters they get, and what others say of their badges.

-- As the LMS said it when somebody signed in through it; of no other kind of identity provider.
alter table user_identity
  add column lms_username text,
  add column lms_user_id bigint;

-- How many letters an address got lately.
create index one_time_link_email on one_time_link (lower(email), kind) where email is not null;

-- Awards of which the learner is to be told. Those from before there were letters are not in it.
create table award_letter (
  award_id uuid primary key references award on delete cascade,
  -- Somebody asked for this letter, so it goes out however old the award is.
  is_asked boolean not null default false,
  queued_at timestamptz not null,
  tries integer not null default 0,
  next_try_at timestamptz
);
create index on award_letter (queued_at);

-- An address that is nowhere written down, as `erasure_hash` does it for ids of the LMS.
create function address_hash(address text) returns bytea language sql stable as $$
  select sha256(secret || convert_to(lower(address), 'UTF8')) from erasure_secret
$$;

alter table badge_endorsement
  -- When the request went out.
  add column mailed_at timestamptz,
  -- When the learner was told of the answer.
  add column told_at timestamptz,
  -- Which profile of this site vouches for it, and with which key.
  add column issuer_id uuid references issuer on delete set null,
  add column issuer_key_kid text;
create index on badge_endorsement (endorser_user_id) where endorser_user_id is not null;
create index on badge_endorsement (entry_id) where entry_id is not null;
