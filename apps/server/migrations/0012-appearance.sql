-- What an operator has put in the place of the brand; without a row the brand stands.
create table appearance (
  single boolean primary key default true check (single),
  name text,
  logo_id uuid references image,
  accent text,
  footer_text text not null default '',
  footer_links jsonb not null default '[]',
  updated_at timestamptz not null default now()
);
