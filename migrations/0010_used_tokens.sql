-- Numbers (jti) of signed tokens that were used, until they expire (security.md 38). Only a digest is kept: nobody needs to read them.
create schema if not exists access;

create table access.used_tokens (
  digest bytea primary key check (octet_length(digest) = 32),
  expires_at timestamptz not null
);
comment on table access.used_tokens is 'tokens already used: SHA-256 of issuer and number; spread by digest';
create index used_tokens_expiry on access.used_tokens (expires_at);

grant usage on schema access to sipop_app;
grant select, insert, delete on access.used_tokens to sipop_app;
