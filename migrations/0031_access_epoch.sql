-- A number that every change of who may what raises, in the transaction of the change: whoever keeps what was read of it knows by one look whether it
-- still holds (control 4: an end shuts every key at once; docs/adr/0019). By triggers, so that a change made by hand counts too; at the commit, so that
-- nobody waits for the row longer than another takes to commit, and no two changes wait for each other.
set local search_path = access, public;

create table epoch (
  one boolean primary key default true check (one),
  n bigint not null default 0
);
insert into epoch default values;

create function raise_epoch() returns trigger language plpgsql security definer set search_path = access, pg_temp as $$
begin
  update epoch set n = n + 1;
  return null;
end
$$;
revoke execute on function raise_epoch() from public;

do $$
declare
  t text;
begin
  -- All that holder.sql.ts reads.
  foreach t in array array['bodies', 'agreements', 'users', 'clients', 'profiles', 'grants', 'last_uses'] loop
    execute format('create constraint trigger %I after insert or update or delete on %I deferrable initially deferred
                    for each row execute function raise_epoch()', t || '_epoch', t);
  end loop;
end
$$;

grant select on epoch to sipop_app;
