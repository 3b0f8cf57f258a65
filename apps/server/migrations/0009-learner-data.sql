-- Learners who are renamed by hand, and learners who are erased.

alter table learner
  -- Events from before this say nothing about the name any more.
  add column renamed_at timestamptz,
  -- The row stays, without a name, so that awards that were taken back can still be looked up.
  add column erased_at timestamptz;

-- LMS user ids of learners who were erased, hashed with a secret of this installation: an old event that is
-- delivered again, and any later one, must not bring them back.
create table erasure_secret (
  single boolean primary key default true check (single),
  secret bytea not null
);
insert into erasure_secret (secret)
  values (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));

create table erased_learner (
  hash bytea primary key,
  erased_at timestamptz not null default now()
);

create function erasure_hash(lms_user_id bigint) returns bytea language sql stable as $$
  select sha256(secret || convert_to(lms_user_id::text, 'UTF8')) from erasure_secret
$$;

-- A provider that is asked to take a badge back may have to be asked by the address; when that is done, the
-- address of somebody who was erased goes too, and so does what the provider said about it.
create function forget_erased() returns trigger language plpgsql as $$
begin
  if exists (select from award a join learner l on l.id = a.learner_id
      where a.id = new.award_id and l.erased_at is not null) then
    new.sent_to := null;
    new.last_error := null;
    new.external_url := null;
    update issuance_history set error = null, note = null where issuance_id = new.id;
  end if;
  return new;
end $$;
create trigger issuance_forgets before update on issuance for each row
  when (new.state = 'revoked')
  execute function forget_erased();

create index on learner (lower(name) text_pattern_ops);
create index on award (awarded_at, number);
