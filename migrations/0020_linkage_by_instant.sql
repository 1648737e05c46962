-- A run of linkage is known by the instant up to which it saw the register, no longer by the greatest number of a supply: numbers are
-- given out before the transaction of a load, and a smaller one may be recorded later than a greater one; decisions have none at all.
-- Of the runs before this nobody can tell what they missed: the next increment links everything once more.
set local search_path = registry, public;

alter table linkage_runs
  alter column since type timestamptz using case when since is not null then timestamptz '2000-01-01T00:00:00Z' end,
  alter column upto type timestamptz using timestamptz '2000-01-01T00:00:00Z';
comment on column linkage_runs.since is 'What was recorded after it was linked; null: the whole register';
comment on column linkage_runs.upto is 'Everything recorded until then is linked, by this run or by one before';

-- Sealed identities are few, and every proposal is held against them.
create index identities_sealed on identities (entry_id) where sealed;
