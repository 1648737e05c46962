-- Supplies that come over HTTP (security.md, "Input"; docs/adr/0022): what was announced, how much of it is on the disk, and what became of it.
-- The bytes lie in the data folder until the supply is recorded: the register keeps the archive then.
create schema if not exists intake;
set local search_path = intake, public;

create table uploads (
  upload_id uuid primary key,
  -- Of who sends it: it is theirs alone.
  body_id text not null,
  holder_id text not null,
  comune text not null,
  file_name text not null,
  door text not null check (door in ('SIPOP', 'ANPR', 'MAPPATA')),
  -- What the file does not say of itself (the second and third door).
  declared jsonb,
  -- Of the third door: a mapping that comes with the program.
  mapping text,
  size bigint not null check (size > 0),
  -- Of the whole, as announced; null where it was not.
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  -- Bytes that are durable: where the next piece begins.
  received bigint not null default 0 check (received between 0 and size),
  -- An operator's word that much may be set aside (SIP-014).
  confirmed boolean not null default false,
  state text not null default 'receiving' check (state in ('receiving', 'queued', 'loading', 'done', 'failed', 'abandoned')),
  -- Rows checked so far, and all; of what is being loaded.
  done_rows bigint not null default 0,
  total_rows bigint not null default 0,
  writing boolean not null default false,
  ricevuta text,
  -- Code and sentences of what stopped it.
  error jsonb,
  created_at timestamptz not null,
  -- The order in which supplies are loaded.
  queued_at timestamptz,
  changed_at timestamptz not null,
  check ((state = 'done') = (ricevuta is not null)),
  check ((state = 'failed') = (error is not null))
);
create index uploads_body on uploads (body_id, created_at);
create index uploads_waiting on uploads (queued_at) where state in ('queued', 'loading');

grant usage on schema intake to sipop_app;
grant select, insert, update, delete on uploads to sipop_app;
