-- Applying the rules of a badge template to past events, as a preview or for real.

create table backfill (
  id uuid primary key default gen_random_uuid(),
  number bigint generated always as identity unique,
  template_id uuid not null references badge_template on delete cascade,
  kind text not null check (kind in ('preview', 'run')),
  state text not null default 'queued'
    check (state in ('queued', 'running', 'done', 'cancelled', 'failed')),
  requested_by text not null,
  requested_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  error text,
  -- The rules with which it began; it begins anew when they have changed.
  fingerprint text,
  restarts integer not null default 0,
  -- Learners are gone through by their LMS user ids, then those without one by their own ids.
  phase text not null default 'log' check (phase in ('log', 'others')),
  position bigint not null default -9007199254740991,
  -- Who works on it, and until when nobody else need look.
  claim uuid,
  claimed_until timestamptz,
  log_begins_at timestamptz,
  events_total bigint not null default 0,
  events_passed bigint not null default 0,
  tally jsonb not null default '{}'
);
-- One of each kind at a time: of two that are asked for at once, the second finds the first.
create unique index backfill_active on backfill (template_id, kind)
  where state in ('queued', 'running');
create index on backfill (template_id, number);

-- Examples of what it changes. Names are not copied: they are read where they are shown.
create table backfill_change (
  backfill_id uuid not null references backfill on delete cascade,
  number bigint generated always as identity,
  change text not null check (change in ('gain', 'lose', 'kept')),
  template_id uuid not null references badge_template on delete cascade,
  lms_user_id bigint,
  learner_id bigint,
  instance text not null,
  award_id uuid,
  at timestamptz,
  cause jsonb not null,
  primary key (backfill_id, number)
);
create index on backfill_change (learner_id) where learner_id is not null;
