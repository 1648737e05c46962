-- The surnames and given names that anybody bears or bore, each once, with the keys under which one that is written almost so is found (docs/adr/0025).
-- Kept by the supplies that bring a new name, and never changed: a name says of nobody that they bear it. A small table, the same on every machine
-- (scale.md: a reference table).
set local search_path = registry, public;

create table name_forms (
  -- C cognome, N nome.
  kind text not null check (kind in ('C', 'N')),
  -- The key of the whole name, or of one word of a double one.
  form text not null,
  -- The key of the whole name, as identities bear it.
  name_key text not null,
  -- How the form sounds, and the consonants of that sound: names written down as heard differ in the vowels.
  sound text not null,
  bones text not null,
  -- Its length and first half, its length and second half: one slip of the pen leaves one of them whole.
  head text not null,
  tail text not null,
  primary key (kind, form, name_key)
);
create index name_forms_sound on name_forms (kind, sound);
create index name_forms_bones on name_forms (kind, bones) where bones <> '';
create index name_forms_head on name_forms (kind, head) where head <> '';
create index name_forms_tail on name_forms (kind, tail) where tail <> '';

grant select, insert, update, delete on name_forms to sipop_app;
grant select on name_forms to sipop_auditor;
