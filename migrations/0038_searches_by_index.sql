-- Searches by name read as many namesakes as the whole register holds: from the index alone, so that ten times the persons cost no ten times the pages.
-- Surname and birth date lead, as what most searches know; the rest is what tells whether the entry is meant (src/services/lookup/search.sql.ts).
set local search_path = registry, public;

create index identities_surname_birth on identities (surname_key, birth_from, birth_to, given_key, entry_id);
drop index identities_name_birth;
create index identities_surname_given on identities (surname_key, given_key, entry_id);
drop index identities_names;
