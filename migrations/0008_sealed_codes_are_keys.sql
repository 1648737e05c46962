-- Codes of identities that a full supply told sealed (generalita.csv) were no keys, while those sealed by an event had been; by them
-- the entries of other registers that bear the code still are joined to the person, and so hidden (registry.md, Sealed).
set local search_path = registry, public;

insert into person_keys
select distinct codice_fiscale, entry_id from identities where sealed and codice_fiscale is not null
on conflict do nothing;
