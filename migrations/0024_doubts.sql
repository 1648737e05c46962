-- Whether something of an entry was set aside is asked with every reading of a person, also as known at an instant: closed rows too.
set local search_path = registry, public;
create index set_aside_entry on set_aside (comune, id_soggetto) where id_soggetto <> '';
drop index set_aside_subject;
