-- How often the loader began with an upload since it was complete: one that ends the loader's process is given up after a few, and the others go on
-- (docs/adr/0022).
set local search_path = intake, public;

alter table uploads add column attempts smallint not null default 0 check (attempts >= 0);
