-- Awards from a file: checked first, then granted row by row.

create table award_import (
  id uuid primary key default gen_random_uuid(),
  number bigint generated always as identity unique,
  organization_id uuid not null references organization on delete cascade,
  -- For rows that name no badge of their own.
  template_id uuid references badge_template on delete set null,
  file_name text not null,
  encoding text not null,
  delimiter text not null,
  header text[] not null,
  -- What each column is, in the order of the file; an empty text is a column that is left aside.
  fields text[] not null,
  state text not null default 'checked' check (state in ('checked', 'running', 'done', 'cancelled')),
  created_by text not null,
  created_at timestamptz not null default now(),
  started_by text,
  started_at timestamptz,
  finished_at timestamptz
);
create index on award_import (organization_id, number);

create table award_import_row (
  import_id uuid not null references award_import on delete cascade,
  -- The line of the file as people count: the header is the first.
  number integer not null,
  cells text[] not null,
  template_id uuid references badge_template on delete set null,
  learner_id bigint references learner,
  "check" text not null check ("check" in ('ready', 'new-learner', 'held', 'faulty')),
  faults jsonb not null default '[]',
  result text check (result in ('awarded', 'held', 'failed')),
  detail text,
  award_id uuid references award on delete set null,
  primary key (import_id, number)
);
-- What is left to do, in the order of the file.
create index award_import_due on award_import_row (import_id, number)
  where result is null and "check" in ('ready', 'new-learner');
create index on award_import_row (learner_id) where learner_id is not null;
