-- Files of declarations, answered in the background (services.md, Verification; docs/adr/0023). Rows wait in chunks, which are also the queue: a chunk without
-- an answer is what is left to do, whoever was killed. What was sent is dropped as soon as it is answered; everything goes when the batch expires.
create schema if not exists verification;
set local search_path = verification, public;

create sequence batch_numbers;

create table batches (
  batch_id text primary key,
  -- Who asked, and by what key: the rights are asked again before each chunk.
  user_id text not null,
  body_id text,
  body_name text not null,
  address text not null,
  certificate boolean not null,
  second_factor boolean not null,
  purpose text,
  file text,
  al date not null,
  -- One instant for every row, however long it takes.
  known_at timestamptz not null,
  columns text[] not null,
  rows integer not null check (rows > 0),
  -- SHA-256 of the file as it was sent.
  input_digest text not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  cancelled_at timestamptz,
  -- The reason of a refusal: the rights ended while it was at work.
  stopped text,
  receipt text,
  disclosure text
);
create index batches_user on batches (user_id, made_at);
create index batches_expiry on batches (expires_at);

create table chunks (
  batch_id text not null references batches on delete cascade,
  chunk integer not null,
  rows integer not null,
  -- [[line, [cell, …]], …]; null once answered.
  input text,
  -- Lines of CSV; null while it waits.
  output text,
  confirmed integer,
  denied integer,
  undetermined integer,
  wrong integer,
  -- Until when a process holds it; what is past is free again.
  leased_until timestamptz,
  -- How often it was begun: what fails every time stops its batch.
  attempts integer not null default 0,
  primary key (batch_id, chunk),
  check ((output is null) <> (input is null))
);
-- Small batches are not kept waiting by large ones: the first chunks of all go first.
create index chunks_waiting on chunks (chunk, batch_id) where output is null;

grant usage on schema verification to sipop_app;
grant usage on sequence batch_numbers to sipop_app;
grant select, insert, update, delete on batches, chunks to sipop_app;
