-- Sessions, second factors, failed sign-ins (security.md, "Keys" and "Sessions"). No history: that is the audit.
create schema if not exists access;
set local search_path = access, public;

create table sessions (
  -- SHA-256 of the word that the browser holds: who reads the table can open nothing with it.
  digest bytea primary key check (octet_length(digest) = 32),
  holder_id text not null,
  key_kind text not null check (key_kind in ('password', 'passkey', 'certificate', 'oidc')),
  second_factor boolean not null,
  certificate boolean not null,
  must_change boolean not null,
  csrf text not null,
  address text not null,
  made_at timestamptz not null,
  seen_at timestamptz not null
);
-- One session a key (control 14).
create unique index sessions_holder on sessions (holder_id);

create table second_factors (
  user_id text primary key,
  -- The secret, sealed for its user under a key that the database does not have.
  box bytea not null,
  -- The step of the last code taken: none at or before it is taken again.
  last_step bigint,
  confirmed boolean not null,
  made_at timestamptz not null
);

-- By user and by address, as digests: whoever was tried, existing or not, counts alike (control 11).
create table sign_in_failures (
  digest bytea not null check (octet_length(digest) = 32),
  at timestamptz not null
);
create index sign_in_failures_digest on sign_in_failures (digest, at);
create index sign_in_failures_at on sign_in_failures (at);

grant select, insert, update, delete on sessions, second_factors, sign_in_failures to sipop_app;
