-- Quotas (security.md, 21): how many questions about persons a user and a body may put in a day, as data with a history, and how many were put.
set local search_path = access, public;

create table quotas (
  -- 'user' and 'body' are those of whoever has none of their own; else the number of a user, a system or a body.
  quota_id text not null,
  per_day integer not null check (per_day >= 0),
  recorded_from timestamptz not null,
  recorded_to timestamptz not null default 'infinity',
  changed_by text not null,
  primary key (quota_id, recorded_from),
  check (recorded_from < recorded_to)
);
create unique index quotas_now on quotas (quota_id) where recorded_to = 'infinity';
insert into quotas (quota_id, per_day, recorded_from, changed_by) values
  ('user', 2000, '2026-01-01T00:00:00Z', 'sipop'),
  ('body', 50000, '2026-01-01T00:00:00Z', 'sipop');

create table quota_uses (
  holder_id text not null,
  day date not null,
  taken integer not null check (taken >= 0),
  primary key (holder_id, day)
);

grant select, insert, update (recorded_to) on quotas to sipop_app;
grant select, insert, update, delete on quota_uses to sipop_app;
grant select on quotas to sipop_auditor;
