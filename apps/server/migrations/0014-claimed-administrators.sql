-- By which identity provider somebody became an administrator, and by which alone it is taken back.
alter table app_user add column administrator_from text;
