-- What was set aside about somebody, mended since or not: a verification asks it as known at any instant, and for every person of a file. The indexes of
-- what is still open do not serve it, and a chunk of a file would read the whole table once a row.
set local search_path = registry, public;

create index set_aside_ever on set_aside (comune, id_soggetto);
create index set_aside_awaited on set_aside using gin (waits_for) where waits_for is not null;
