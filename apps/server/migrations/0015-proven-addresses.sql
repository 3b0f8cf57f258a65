-- Since when it is known that whoever uses an account reads the mail of its address. Until then somebody
-- else may have made it, and chosen its password, for a person whom an identity provider brings one day.
alter table app_user add column email_proven_at timestamptz;
update app_user set email_proven_at = created_at
  where is_administrator or exists (select from user_identity i where i.user_id = app_user.id);
