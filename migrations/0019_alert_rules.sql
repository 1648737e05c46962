-- Alerts on accesses (security.md, control 30): rules are data, with a history as everything of access has.
set local search_path = access, public;

create table alert_rules (
  rule_id text not null,
  kind text not null check (kind in ('odd-hours', 'volume', 'refusals', 'colleagues', 'neighbours', 'well-known', 'looked-up-by-many')),
  parameters jsonb not null,
  active boolean not null,
  recorded_from timestamptz not null,
  recorded_to timestamptz not null default 'infinity',
  changed_by text not null,
  primary key (rule_id, recorded_from),
  check (recorded_from < recorded_to)
);
create unique index alert_rules_now on alert_rules (rule_id) where recorded_to = 'infinity';

insert into alert_rules (rule_id, kind, parameters, active, recorded_from, changed_by) values
  ('orari', 'odd-hours', '{"from": "20:00", "to": "07:00", "sundays": true, "exceptKinds": ["polizia", "giustizia"]}', true, '2026-01-01T00:00:00Z', 'sipop'),
  ('volume', 'volume', '{"minutes": 60, "most": 100}', true, '2026-01-01T00:00:00Z', 'sipop'),
  ('rifiuti', 'refusals', '{"minutes": 60, "most": 10}', true, '2026-01-01T00:00:00Z', 'sipop'),
  ('colleghi', 'colleagues', '{}', true, '2026-01-01T00:00:00Z', 'sipop'),
  ('vicini', 'neighbours', '{}', true, '2026-01-01T00:00:00Z', 'sipop'),
  ('noti', 'well-known', '{"subjects": []}', true, '2026-01-01T00:00:00Z', 'sipop'),
  ('molti', 'looked-up-by-many', '{"days": 7, "users": 5}', true, '2026-01-01T00:00:00Z', 'sipop');

grant select, insert, update (recorded_to) on alert_rules to sipop_app;
grant select on alert_rules to sipop_auditor;
