-- What the dashboard and the search read again and again.

-- Awards by day; the date is in the index, so no award is read.
create index award_by_day on award (template_id, awarded_at);
create index award_revoked_by_day on award (template_id, revoked_at) where revoked_at is not null;
create index issuance_issued on issuance (issued_at, award_id) where issued_at is not null;

-- Learners by the beginning of their last name; that of their whole name is there already.
create index learner_last_name on learner (lower(substring(name from '[^ ]+$')) text_pattern_ops);

-- Badges at providers by their ids there, whichever account they belong to.
create index issuance_external_id on issuance (external_id) where external_id is not null;

-- When the rules of an active badge were last met. Looked up once a day for badges that were not awarded
-- lately: marks are written far too often to have an order by badge.
create table template_activity (
  template_id uuid primary key references badge_template on delete cascade,
  matched_at timestamptz,
  checked_at timestamptz not null
);
