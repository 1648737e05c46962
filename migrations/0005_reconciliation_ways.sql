-- Ways by which a supply reaches findings and persons of other registers (reconciliation/reconcile.sql.ts).
set local search_path = registry, public;

create index reconciliation_other_entry on reconciliation_findings (other_entry_id) where closed_at is null and other_entry_id is not null;

-- From somebody to those who name them as their present spouse: by number within a register, by code across registers
-- (a code beside a number says nothing more). T1 2 married, 6 in a civil union.
create index civil_statuses_spouse_number on civil_statuses (id_coniuge)
  where valid_to = 'infinity' and stato_civile in ('2', '6') and id_coniuge is not null;
create index civil_statuses_spouse_code on civil_statuses (cf_coniuge)
  where valid_to = 'infinity' and stato_civile in ('2', '6') and id_coniuge is null and cf_coniuge is not null;
-- Omocodic codes, a few in ten thousand: sixteen characters with a letter where the base form has a digit.
create index person_keys_omocodic on person_keys (codice_fiscale)
  where length(codice_fiscale) = 16 and codice_fiscale !~ '^.{6}[0-9]{2}.[0-9]{2}.[0-9]{3}.$';
