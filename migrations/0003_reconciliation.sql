-- Findings of the reconciliation between comuni (registry.md; ADR 0010): what takes two registers to see.
-- A finding is a fact in recorded time: it is opened and closed, never changed; one that changes is closed and opened anew.
set local search_path = registry, public;

create table reconciliation_findings (
  -- The entry whose statement it stands on, and that of the other register where there is one.
  entry_id bigint not null,
  other_entry_id bigint,
  kind text not null,
  -- Everything that makes it this finding and no other of the entry (reconciliation/finding.ts).
  finding_key text not null,
  -- The comune that must mend it, and the one that is concerned too.
  owner text not null,
  other text not null,
  -- The day it is about, and of a half that came alone the day from which the other one is awaited.
  about date not null,
  waits_from date,
  -- The event of the statement it stands on.
  event_id bigint,
  detail jsonb not null default '{}',
  opened_at timestamptz not null default recorded_now(),
  -- The supply with which it appeared and the one with which it went; null: a refresh of the whole.
  opened_by bigint,
  closed_at timestamptz,
  closed_by bigint,
  closing_event bigint,
  primary key (entry_id, finding_key, opened_at),
  check (opened_at < closed_at)
);
create unique index reconciliation_open on reconciliation_findings (entry_id, finding_key) where closed_at is null;
create index reconciliation_owner on reconciliation_findings (owner, kind);
create index reconciliation_other on reconciliation_findings (other, kind);
-- Halves whose agreed days end between two situazione_al of the comune that owes the other one.
create index reconciliation_waits on reconciliation_findings (owner, waits_from) where closed_at is null and waits_from is not null;

grant select, insert, update, delete on reconciliation_findings to sipop_app;
grant select on reconciliation_findings to sipop_auditor;
