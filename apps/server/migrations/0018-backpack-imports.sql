-- What is kept of an imported badge beside its bytes.
alter table backpack_entry
  -- The badge itself, exactly as the file or the address held it: JSON, or a compact JWS.
  add column text text not null default '',
  add column evidence jsonb not null default '[]',
  add column narrative text,
  -- How often in a row nobody could be asked; a good badge stays good for a while.
  add column misses integer not null default 0;
