-- The audit (security.md, controls 25 to 29; docs/adr/0014): one leaf an access, the leaves a Merkle tree of RFC 6962.
-- Everything here is only ever added to. The application may read and add, and nothing else: no update, no delete.
create schema if not exists audit;

create table audit.leaves (
  leaf_index bigint primary key check (leaf_index >= 0),
  -- SHA-256(0x00 || body).
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  -- HMAC over index and hash under a key that the database does not have: who adds or changes rows by hand cannot make it.
  seal bytea not null check (length(seal) = 16),
  -- The very bytes that were hashed: json keeps them, jsonb would not.
  body json not null
);
-- Time follows the order of the rows, near enough for a BRIN index.
create index leaves_at on audit.leaves using brin ((body ->> 'at')) with (pages_per_range = 32, autosummarize = on);
create index leaves_user on audit.leaves ((body ->> 'user'), leaf_index);
create index leaves_subjects on audit.leaves using gin ((body::jsonb -> 'subjects'));

-- Hashes of whole subtrees, every eighth level: what an append or a proof needs is a few ranges of at most 256 rows.
create table audit.nodes (
  level smallint not null check (level in (8, 16, 24, 32, 40)),
  node_index bigint not null check (node_index >= 0),
  hash bytea not null check (length(hash) = 32),
  primary key (level, node_index)
);

-- Signed statements of size and root (C2SP checkpoints), of which comuni keep copies.
create table audit.checkpoints (
  note text primary key,
  size bigint not null check (size >= 0),
  made_at timestamptz not null default clock_timestamp()
);
create index checkpoints_size on audit.checkpoints (size);

-- One key a subject: with it (and the secret outside the database) the subject's leaves are found; once it is deleted,
-- nothing ties them to anybody.
create table audit.subject_keys (
  subject text primary key,
  key bytea not null check (length(key) = 32),
  made_at timestamptz not null default clock_timestamp()
);

grant usage on schema audit to sipop_app, sipop_auditor;
grant select, insert on audit.leaves, audit.nodes, audit.checkpoints to sipop_app;
grant select, insert, delete on audit.subject_keys to sipop_app;
grant select on audit.leaves, audit.nodes, audit.checkpoints to sipop_auditor;
