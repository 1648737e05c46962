-- The register of processing activities (GDPR art. 30) and personal data breaches (art. 33, 34), both histories (security.md, 37).
set local search_path = access, public;

create table processing_activities (
  activity_id text not null check (activity_id ~ '^[a-z][a-z0-9-]{0,59}$'),
  name text not null,
  -- Art. 30(1): (a) who answers for it, (b) purposes, (c) whose data and which, (d) to whom, (e) third countries, (f) terms, (g) measures.
  controller text not null,
  purposes text not null,
  legal_basis text not null,
  persons text not null,
  data text not null,
  recipients text not null,
  transfers text not null,
  retention text not null,
  measures text not null,
  ended boolean not null,
  recorded_from timestamptz not null,
  recorded_to timestamptz not null default 'infinity',
  changed_by text not null,
  primary key (activity_id, recorded_from),
  check (recorded_from < recorded_to)
);
create unique index processing_activities_now on processing_activities (activity_id) where recorded_to = 'infinity';

insert into processing_activities (activity_id, name, controller, purposes, legal_basis, persons, data, recipients, transfers, retention,
    measures, ended, recorded_from, changed_by)
select activity_id, name, 'i Comuni titolari; la Provincia responsabile (GDPR art. 28) per la convenzione', purposes, legal_basis, persons, data,
       recipients, 'nessuno', retention, 'GDPR art. 32: profili, due fattori, audit, copie cifrate', false, '2026-01-01T00:00:00Z', 'sipop'
  from (values
  ('registro', 'Registro unico della popolazione', 'tenuta e allineamento delle anagrafi della provincia', 'L. 1228/1954; DPR 223/1989',
   'residenti, presenti e passati', 'anagrafici, famiglia, residenza, stato civile, cittadinanza, documenti', 'Comuni, enti convenzionati',
   'come gli atti anagrafici da cui viene'),
  ('interrogazioni', 'Interrogazioni degli enti convenzionati', 'compiti di interesse pubblico degli enti', 'GDPR art. 6(1)(e); convenzioni',
   'residenti, presenti e passati', 'i campi del profilo di chi chiede', 'enti convenzionati', 'nulla oltre la risposta e l’audit'),
  ('verifiche', 'Controllo delle autocertificazioni', 'controllo delle dichiarazioni sostitutive', 'DPR 445/2000 art. 71',
   'dichiaranti e chi nominano', 'ciò che è dichiarato e il suo esito', 'l’amministrazione che procede', 'regola di conservazione verification-batches'),
  ('accessi', 'Utenti, chiavi e sessioni', 'sicurezza degli accessi', 'GDPR art. 32', 'operatori degli enti', 'identità, ufficio, chiavi, ultimo accesso',
   'nessuno', 'regole di conservazione; la storia dei profili resta'),
  ('audit', 'Tracciamento degli accessi', 'prova di chi ha visto che cosa', 'GDPR art. 5(2), 32; Garante, provv. 27.11.2008', 'operatori; persone consultate',
   'chi, quando, perché; le persone come impegni con chiave', 'l’interessato, il revisore, l’autorità', 'le foglie restano; le chiavi delle persone si cancellano a parte')
) as first (activity_id, name, purposes, legal_basis, persons, data, recipients, retention);

create sequence breach_numbers;
create table breaches (
  breach_id text not null,
  -- When one became aware: the 72 hours run from here (art. 33(1)).
  known_at timestamptz not null,
  what text not null,
  -- About how many persons and which data, as far as is known (art. 33(3)).
  persons integer check (persons >= 0),
  data text not null,
  consequences text not null,
  measures text not null,
  -- notified: to the Garante; unlikely-risk: none to persons' rights, with the reason (art. 33(1)).
  state text not null check (state in ('open', 'notified', 'unlikely-risk')),
  closed_at timestamptz,
  -- Why it was notified late, or why there is no risk.
  reason text,
  recorded_from timestamptz not null,
  recorded_to timestamptz not null default 'infinity',
  changed_by text not null,
  primary key (breach_id, recorded_from),
  check (recorded_from < recorded_to),
  check ((state = 'open') = (closed_at is null)),
  check (state <> 'unlikely-risk' or reason is not null),
  check (state <> 'notified' or closed_at <= known_at + interval '72 hours' or reason is not null)
);
create unique index breaches_now on breaches (breach_id) where recorded_to = 'infinity';

grant usage on sequence breach_numbers to sipop_app;
grant select, insert, update (recorded_to) on processing_activities, breaches to sipop_app;
grant select on processing_activities, breaches to sipop_auditor;
