-- Decisions of operators about which entries are one person (registry.md, "People, not rows" and Reconciliation; docs/adr/0015).
set local search_path = registry, public;

-- Acts in the order of their numbers, which is that of their instants; never changed, never deleted. Of a pair there stands the
-- last decision that nobody undid: an undoing gives back what the decision had taken the place of.
create table linkage_decisions (
  decision_id bigint primary key,
  kind text not null check (kind in ('same', 'different', 'later', 'undo')),
  entry_id bigint not null,
  other_entry_id bigint not null,
  -- The decision that an undoing takes back, which is of the same pair.
  undoes bigint,
  operator text not null check (operator <> ''),
  reason text not null check (reason <> ''),
  -- Of one put off: until when.
  until date,
  -- How the two agreed, field by field, when it was decided: no values, so that nothing sealed is kept here.
  seen jsonb not null default '{}',
  recorded_from timestamptz not null default recorded_now(),
  check (entry_id < other_entry_id),
  check ((kind = 'undo') = (undoes is not null)),
  check (until is null or kind = 'later')
);
create index linkage_decisions_entry on linkage_decisions (entry_id);
create index linkage_decisions_other on linkage_decisions (other_entry_id);
create unique index linkage_decisions_undone on linkage_decisions (undoes) where undoes is not null;

-- A link is made, and ended, by an event or by a decision.
alter table person_entries alter column event_id drop not null;
alter table person_entries add column decision_id bigint;
alter table person_entries add check (num_nonnulls(event_id, decision_id) = 1);
alter table person_entries_past alter column event_id drop not null;
alter table person_entries_past alter column closed_by drop not null;
alter table person_entries_past add column decision_id bigint;
alter table person_entries_past add column closed_by_decision bigint;
alter table person_entries_past add check (num_nonnulls(event_id, decision_id) = 1);
alter table person_entries_past add check (num_nonnulls(closed_by, closed_by_decision) = 1);

-- Findings follow a decision at once: it, and no supply, opened or closed them.
alter table reconciliation_findings add column opened_by_decision bigint;
alter table reconciliation_findings add column closed_by_decision bigint;
create index reconciliation_opened_by_decision on reconciliation_findings (opened_by_decision) where opened_by_decision is not null;
create index reconciliation_closed_by_decision on reconciliation_findings (closed_by_decision) where closed_by_decision is not null;

grant select, insert on linkage_decisions to sipop_app;
grant select on linkage_decisions to sipop_auditor;
