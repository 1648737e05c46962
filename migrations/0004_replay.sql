-- What a replay needs beside the archive of a supply, to come out the same (docs/adr/0011-replay.md).
set local search_path = registry, public;

-- Where the numbers of its events begin; entry_base and household_base are in 0002.
alter table supplies add column event_base bigint;
-- An operator confirmed by name that much would be set aside or cancelled (SIP-014).
alter table supplies add column confirmed boolean not null default false;
