-- Verifications of the audit that were asked over HTTP: they run behind, and who asked reads how far they are and what they found (security.md, 28).
set local search_path = audit, public;

create table verifications (
  run_id uuid primary key,
  started_by text not null,
  started_at timestamptz not null,
  changed_at timestamptz not null,
  done bigint not null default 0,
  total bigint not null default 0,
  -- Null while it runs; one that a killed process left is known by its age.
  report jsonb,
  -- What broke it off.
  failed boolean not null default false
);
create index verifications_at on verifications (started_at);

grant select, insert, update (done, total, report, failed, changed_at) on verifications to sipop_app;
grant select on verifications to sipop_auditor;
