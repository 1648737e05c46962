-- Keys beside the password (security.md, 7 to 17; docs/adr/0022): passkeys, keys that others have made and an administrator ties to a
-- user, what a sign-in leaves open between its two steps, requests for new keys. No history: that is the audit.
set local search_path = access, public;

create table passkeys (
  -- The credential's identifier in base64url; WebAuthn allows it 1023 bytes.
  passkey_id text primary key check (length(passkey_id) between 1 and 1364),
  user_id text not null,
  -- The user's own name for it, to tell several apart.
  name text not null check (length(name) between 1 and 60),
  -- COSE.
  public_key bytea not null,
  -- Of the authenticator, which only grows; zero where it keeps none.
  counter bigint not null check (counter >= 0),
  transports text[] not null,
  -- Whether it lies on several devices of its owner.
  synced boolean not null,
  made_at timestamptz not null,
  used_at timestamptz,
  -- Its counter went back: somebody has copied it, and neither opens anything.
  blocked_at timestamptz
);
create index passkeys_user on passkeys (user_id);

create table bound_keys (
  user_id text not null,
  -- A certificate by its own SHA-256, or by the codice fiscale of its subject; a person of an OpenID provider.
  kind text not null check (kind in ('certificate', 'certificate-person', 'oidc')),
  -- Of OpenID: the provider as the configuration names it; empty else.
  issuer text not null,
  value text not null check (length(value) between 1 and 255),
  bound_by text not null,
  bound_at timestamptz not null,
  used_at timestamptz,
  primary key (kind, issuer, value, user_id)
);
create index bound_keys_user on bound_keys (user_id);

-- What the server must find again when the second step of a sign-in comes: used once, for some minutes.
create table pending_steps (
  -- SHA-256 of the challenge or state: who reads the table can finish nothing with it.
  digest bytea primary key check (octet_length(digest) = 32),
  kind text not null check (kind in ('passkey-registration', 'passkey-sign-in', 'oidc')),
  -- For whom; null where that is found at the end.
  user_id text,
  content text not null,
  expires_at timestamptz not null
);
create index pending_steps_expiry on pending_steps (expires_at);

-- Who lost their keys asks; another person of the body approves (control 12).
create table recoveries (
  -- SHA-256 of the word that the asker keeps: half of what opens the account again.
  digest bytea primary key check (octet_length(digest) = 32),
  user_id text not null,
  -- Shown to the asker and to who approves, who compare it.
  number text not null check (number ~ '^[0-9]{8}$'),
  address text not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  state text not null check (state in ('waiting', 'approved', 'refused')),
  decided_by text,
  decided_at timestamptz,
  check ((state = 'waiting') = (decided_by is null)),
  check ((decided_by is null) = (decided_at is null))
);
create index recoveries_user on recoveries (user_id);

-- SHA-256 of the certificate that a session was opened with: each of its requests must come with it again.
alter table sessions add column certificate_digest bytea check (octet_length(certificate_digest) = 32);

grant select, insert, update, delete on passkeys, bound_keys, pending_steps, recoveries to sipop_app;
