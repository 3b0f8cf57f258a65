-- How often public pages were looked at and used: numbers per day, and nothing about who it was.
create table page_count (
  template_id uuid not null references badge_template on delete cascade,
  -- Null for what happened on the page of the badge itself.
  award_id uuid references award on delete cascade,
  day date not null,
  kind text not null
    check (kind in ('badge-view', 'award-view', 'share', 'visit', 'download', 'verification')),
  count bigint not null check (count > 0),
  unique nulls not distinct (template_id, day, kind, award_id)
);
create index on page_count (award_id) where award_id is not null;
