-- Findings of the reconciliation that who must mend them puts off until a day (registry.md, Reconciliation: "an owner, an age, a
-- state"; docs/adr/0010). Acts, never changed: of a finding the last one by then holds, and one without a day takes it back.
set local search_path = registry, public;

create table reconciliation_postponements (
  -- The finding: the key of reconciliation_findings. One that changes is closed and opened anew, and nobody has put that off.
  entry_id bigint not null,
  finding_key text not null,
  opened_at timestamptz not null,
  until date,
  operator text not null check (operator <> ''),
  reason text not null check (reason <> ''),
  recorded_from timestamptz not null default recorded_now(),
  primary key (entry_id, finding_key, opened_at, recorded_from),
  check (opened_at < recorded_from)
);

grant select, insert on reconciliation_postponements to sipop_app;
grant select on reconciliation_postponements to sipop_auditor;
