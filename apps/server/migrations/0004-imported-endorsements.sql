-- Endorsements that were signed elsewhere may end; badges carry none that has.

alter table endorsement add column valid_until timestamptz;
