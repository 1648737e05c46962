-- role: login
-- Roles and extensions. Run as the login itself (the line above): it must be a superuser, or have CREATEROLE and own the
-- database. The roles belong to the whole server, so another database of it may have made them already.
-- Every later migration runs as sipop_migrator, which owns what it makes.
do $$
declare r text;
begin
  foreach r in array array['sipop_migrator', 'sipop_app', 'sipop_stats', 'sipop_auditor'] loop
    if not exists (select from pg_catalog.pg_roles where rolname = r) then
      execute format('create role %I', r);
    end if;
    -- Whoever migrates and connects takes these roles on (SET ROLE); a superuser needs no membership.
    if not (select rolsuper from pg_catalog.pg_roles where rolname = current_user)
       and not pg_has_role(current_user, r, 'SET') then
      execute format('grant %I to %I with set true, inherit true', r, current_user);
    end if;
  end loop;
  execute format('grant create, connect, temporary on database %I to sipop_migrator', current_database());
  execute format('grant connect, temporary on database %I to sipop_app, sipop_stats, sipop_auditor', current_database());
  execute format('revoke all on database %I from public', current_database());
end $$;

-- All five are trusted extensions: CREATE on the database is enough.
create extension if not exists pg_trgm with schema public;
create extension if not exists btree_gist with schema public;
create extension if not exists fuzzystrmatch with schema public;
create extension if not exists unaccent with schema public;
create extension if not exists pgcrypto with schema public;

-- The list of applied migrations (made by src/platform/db/migrate.ts) may be read by whoever connects.
grant usage on schema platform to sipop_migrator, sipop_app, sipop_stats, sipop_auditor;
grant select on platform.migrations to sipop_migrator, sipop_app, sipop_stats, sipop_auditor;
