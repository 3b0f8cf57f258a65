-- The picture of a badge from elsewhere is of no other badge, and goes with it, whoever removes it: its learner,
-- the joining of two accounts, or the end of the account.
create function remove_entry_picture() returns trigger language plpgsql as $$
begin
  delete from image where id = old.picture_id;
  return null;
end $$;
create trigger backpack_entry_picture after delete on backpack_entry
  for each row when (old.picture_id is not null) execute function remove_entry_picture();
