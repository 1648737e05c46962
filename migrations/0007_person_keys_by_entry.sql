-- From an entry to its codes: every supply of changes looks at the codes of those it touched, to join and to reconcile them.
-- Without it both read the whole table: 1.6 s and three times 0.6 s a supply at 710,000 persons (docs/bench.md).
set local search_path = registry, public;

create index person_keys_entry on person_keys (entry_id);
