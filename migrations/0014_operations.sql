-- Single operations in the national form, one supply each (docs/adr/0016-anpr-operations.md): named by the comune's
-- idOperazioneComune, without a progressivo of their own (0), so that the numbers of its SIPOP supplies go on.
set local search_path = registry, public;

alter table supplies drop constraint supplies_tipo_check;
alter table supplies add constraint supplies_tipo_check
  check (tipo in ('COMPLETA', 'VARIAZIONI', 'OPERAZIONE', 'SCONOSCIUTA'));
-- The kind of the request (5008) and idOperazioneComune, both as written.
alter table supplies add column operazione text;
alter table supplies add column id_operazione text;

drop index supplies_accepted;
create unique index supplies_accepted on supplies (comune, progressivo)
  where esito <> 'RIFIUTATA' and tipo <> 'OPERAZIONE';
create unique index supplies_operations on supplies (comune, id_operazione)
  where esito <> 'RIFIUTATA' and tipo = 'OPERAZIONE';
create index supplies_operations_sent on supplies (comune, id_operazione) where tipo = 'OPERAZIONE';

-- What an accepted operation was answered, to be answered again byte for byte.
create table operation_answers (
  supply_id bigint primary key,
  answer text not null
);
grant select, insert, update, delete on operation_answers to sipop_app;
grant select on operation_answers to sipop_auditor;
