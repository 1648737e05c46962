-- Who may ask: bodies, agreements, users, clients, profiles, purposes, grants (security.md, "Who"; docs/adr/0019).
-- Each table is a history: what holds now ends at infinity; a change closes the row and adds another. The application may close a row and
-- add one, and nothing else: who could ask what, on any day, stays to be read. Identifiers are never used again (control 2).
create schema if not exists access;
set local search_path = access, public;

create sequence body_numbers;
create sequence agreement_numbers;
create sequence user_numbers;
create sequence client_numbers;

create table bodies (
  body_id text not null,
  name text not null,
  kind text not null check (kind in ('gestore', 'comune', 'sanita', 'polizia', 'giustizia', 'scuola', 'sociale', 'statistica', 'coordinamento', 'altro')),
  -- The ISTAT code of a comune.
  comune text,
  ended boolean not null default false,
  recorded_from timestamptz not null,
  recorded_to timestamptz not null default 'infinity',
  changed_by text not null,
  primary key (body_id, recorded_from),
  check (recorded_from < recorded_to),
  check ((kind = 'comune') = (comune is not null))
);
create unique index bodies_now on bodies (body_id) where recorded_to = 'infinity';
create unique index bodies_comune on bodies (comune) where recorded_to = 'infinity' and not ended;

create table agreements (
  agreement_id text not null,
  body_id text not null,
  legal_basis text not null,
  -- What the body delivers, and every how many days (monitoring).
  delivers text,
  every_days integer check (every_days > 0),
  services text[] not null,
  profiles text[] not null,
  purposes text[] not null,
  -- Of none, from anywhere (control 16).
  network cidr[] not null default '{}',
  certificate boolean not null default false,
  valid_from date not null,
  -- Half-open; null for the body that runs the system alone.
  valid_to date,
  recorded_from timestamptz not null,
  recorded_to timestamptz not null default 'infinity',
  changed_by text not null,
  primary key (agreement_id, recorded_from),
  check (recorded_from < recorded_to),
  check (valid_from <= valid_to)
);
create unique index agreements_now on agreements (agreement_id) where recorded_to = 'infinity';
create index agreements_body on agreements (body_id) where recorded_to = 'infinity';

create table users (
  user_id text not null,
  body_id text not null,
  surname text not null,
  given_name text not null,
  codice_fiscale text not null,
  office text,
  account text not null check (account in ('ordinary', 'administration')),
  state text not null check (state in ('invited', 'active', 'suspended', 'ended')),
  -- Why it is suspended or ended.
  reason text,
  recorded_from timestamptz not null,
  recorded_to timestamptz not null default 'infinity',
  changed_by text not null,
  primary key (user_id, recorded_from),
  check (recorded_from < recorded_to)
);
create unique index users_now on users (user_id) where recorded_to = 'infinity';
create index users_body on users (body_id) where recorded_to = 'infinity';
-- One account a person, and one more apart for who administers (controls 1 and 5).
create unique index users_person on users (codice_fiscale, account) where recorded_to = 'infinity' and state <> 'ended';

create table clients (
  client_id text not null,
  body_id text not null,
  name text not null,
  state text not null check (state in ('active', 'suspended', 'ended')),
  reason text,
  recorded_from timestamptz not null,
  recorded_to timestamptz not null default 'infinity',
  changed_by text not null,
  primary key (client_id, recorded_from),
  check (recorded_from < recorded_to)
);
create unique index clients_now on clients (client_id) where recorded_to = 'infinity';

create table purposes (
  purpose_id text not null,
  italian text not null,
  english text not null,
  legal_basis text not null,
  -- Whether a person may be told of accesses with it (control 31).
  disclosed boolean not null,
  recorded_from timestamptz not null,
  recorded_to timestamptz not null default 'infinity',
  changed_by text not null,
  primary key (purpose_id, recorded_from),
  check (recorded_from < recorded_to)
);
create unique index purposes_now on purposes (purpose_id) where recorded_to = 'infinity';

create table profiles (
  profile_id text not null,
  italian text not null,
  english text not null,
  account text not null check (account in ('ordinary', 'administration')),
  operations text[] not null,
  fields text[] not null,
  territory text not null check (territory in ('own', 'listed', 'province', 'self')),
  purposes text[] not null,
  recorded_from timestamptz not null,
  recorded_to timestamptz not null default 'infinity',
  changed_by text not null,
  primary key (profile_id, recorded_from),
  check (recorded_from < recorded_to)
);
create unique index profiles_now on profiles (profile_id) where recorded_to = 'infinity';

-- A profile in the hands of a user or a client.
create table grants (
  holder_id text not null,
  profile_id text not null,
  -- Where the profile's territory is a list.
  comuni text[] not null default '{}',
  -- The last yearly review; the day it was given, before the first (control 3).
  reviewed_on date not null,
  recorded_from timestamptz not null,
  recorded_to timestamptz not null default 'infinity',
  changed_by text not null,
  primary key (holder_id, profile_id, recorded_from),
  check (recorded_from < recorded_to)
);
create unique index grants_now on grants (holder_id, profile_id) where recorded_to = 'infinity';

-- The last use, shown at the next one (control 13) and looked at for forgotten accounts (control 6). No history: that is the audit.
create table last_uses (
  holder_id text primary key,
  used_at timestamptz not null,
  address text not null
);

-- An invitation is used once, and for some days; only a digest of its word is kept.
create table invitations (
  digest bytea primary key check (length(digest) = 32),
  user_id text not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table passwords (
  user_id text primary key,
  -- Argon2id, PHC's form (control 9).
  hash text not null check (hash like '$argon2id$%'),
  set_at timestamptz not null,
  -- To be changed at the next use (control 8).
  must_change boolean not null
);

grant usage on schema access to sipop_app, sipop_auditor;
grant usage on sequence body_numbers, agreement_numbers, user_numbers, client_numbers to sipop_app;
grant select, insert, update (recorded_to) on bodies, agreements, users, clients, purposes, profiles, grants to sipop_app;
grant select, insert, update, delete on last_uses, invitations, passwords to sipop_app;
grant select on bodies, agreements, users, clients, purposes, profiles, grants, last_uses to sipop_auditor;
