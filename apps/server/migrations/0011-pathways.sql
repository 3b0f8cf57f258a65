-- A map of badges that lead to badges.
create table pathway (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references organization on delete cascade,
  name text not null,
  description text not null default '',
  is_public boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index on pathway (organization_id, name);

create table pathway_badge (
  pathway_id uuid not null references pathway on delete cascade,
  template_id uuid not null references badge_template on delete cascade,
  position integer not null,
  is_milestone boolean not null default false,
  primary key (pathway_id, template_id)
);
create index on pathway_badge (template_id);

-- Only what people set; what follows from rules is read from the rules.
create table pathway_link (
  pathway_id uuid not null,
  from_template_id uuid not null,
  to_template_id uuid not null,
  primary key (pathway_id, from_template_id, to_template_id),
  foreign key (pathway_id, from_template_id) references pathway_badge on delete cascade,
  foreign key (pathway_id, to_template_id) references pathway_badge on delete cascade,
  check (from_template_id <> to_template_id)
);
