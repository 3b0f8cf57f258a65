-- What a badge template was after each change, by whom, so that it can be seen and restored.

create table template_version (
  template_id uuid not null references badge_template on delete cascade,
  -- From 1, without gaps: changes of one template wait for each other.
  number integer not null check (number > 0),
  at timestamptz not null default now(),
  actor text not null,
  -- What was done, as in the audit log: update, replace-rules, activate …
  action text not null,
  snapshot jsonb not null,
  image_id uuid references image,
  primary key (template_id, number)
);

-- The newest first, and the nearest to it, are what lists of badges are sorted by.
create index on badge_template (organization_id, updated_at);
