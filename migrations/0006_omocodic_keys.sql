-- Omocodic codes, a few in ten thousand, in a table of their own: a partial index is not used before its table is vacuumed.
set local search_path = registry, public;

drop index person_keys_omocodic;
create table omocodic_keys (
  codice_fiscale text not null,
  entry_id bigint not null,
  primary key (codice_fiscale, entry_id)
);
insert into omocodic_keys
select codice_fiscale, entry_id from person_keys
 where length(codice_fiscale) = 16 and codice_fiscale !~ '^.{6}[0-9]{2}.[0-9]{2}.[0-9]{3}.$';

grant select, insert, update, delete on omocodic_keys to sipop_app;
