-- What a system of a body asks with (security.md, 38 to 42): its number on the national platform, its public keys, and which of our purposes each of
-- the platform's is. A history, as everything of access.
set local search_path = access, public;

create table client_keys (
  client_id text not null,
  platform_id text not null,
  jwks jsonb not null,
  -- The platform's purposeId → our purpose.
  purposes jsonb not null,
  -- SHA-256 of the certificate it must show where the agreement asks for mutual TLS; null: it has none.
  certificate_digest text check (certificate_digest ~ '^[0-9a-f]{64}$'),
  recorded_from timestamptz not null,
  recorded_to timestamptz not null default 'infinity',
  changed_by text not null,
  primary key (client_id, recorded_from),
  check (recorded_from < recorded_to)
);
create unique index client_keys_now on client_keys (client_id) where recorded_to = 'infinity';
create unique index client_keys_platform on client_keys (platform_id) where recorded_to = 'infinity';

grant select, insert, update (recorded_to) on client_keys to sipop_app;
grant select on client_keys to sipop_auditor;
