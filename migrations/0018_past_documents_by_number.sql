-- A document is searched for by its number, former ones too (services.md, Lookup).
set local search_path = registry, public;
create index documents_past_number on documents_past (numero) where numero is not null;
