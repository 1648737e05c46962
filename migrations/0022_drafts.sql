-- What somebody was typing when a page went away (a session over, a window closed): sealed for its user under a key that the database does not have.
set local search_path = access, public;

create table drafts (
  user_id text not null,
  name text not null check (length(name) <= 60),
  box bytea not null check (octet_length(box) <= 262144),
  written_at timestamptz not null,
  primary key (user_id, name)
);
create index drafts_written on drafts (written_at);

grant select, insert, update, delete on drafts to sipop_app;
