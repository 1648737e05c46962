-- Retention rules (security.md, 36; GDPR art. 5(1)(e)): how long each thing that is no fact of the register is kept, and by which source. A history.
set local search_path = access, public;

create table retention_rules (
  -- One a kind of thing: what is taken away of it, and from when its days count, stands in access/retention.
  rule_id text not null check (rule_id in ('drafts', 'uploads', 'verification-batches', 'used-tokens', 'sign-in-failures', 'sessions',
    'pending-steps', 'invitations', 'recoveries', 'quota-uses', 'audit-verifications')),
  term_days integer not null check (term_days between 0 and 36500),
  law text not null check (length(law) between 1 and 300),
  active boolean not null,
  recorded_from timestamptz not null,
  recorded_to timestamptz not null default 'infinity',
  changed_by text not null,
  primary key (rule_id, recorded_from),
  check (recorded_from < recorded_to)
);
create unique index retention_rules_now on retention_rules (rule_id) where recorded_to = 'infinity';

insert into retention_rules (rule_id, term_days, law, active, recorded_from, changed_by)
select rule_id, term_days, law, true, '2026-01-01T00:00:00Z', 'sipop' from (values
  ('drafts', 7, 'GDPR art. 5(1)(c) e (e): serve finché la sessione si riapre'),
  ('uploads', 7, 'GDPR art. 5(1)(e): un invio che nessuno prosegue non serve alla fornitura; quelle registrate restano nel registro'),
  ('verification-batches', 30, 'DPR 445/2000 art. 71; GDPR art. 5(1)(e): gli esiti servono al procedimento di chi li ha chiesti'),
  ('used-tokens', 0, 'Linee guida AgID ModI (ripetizione dei voucher): fino alla scadenza del voucher'),
  ('sign-in-failures', 1, 'GDPR art. 32; art. 5(1)(e): contano per il solo tempo di attesa'),
  ('sessions', 1, 'GDPR art. 32; art. 5(1)(e): finita la sessione resta l’audit'),
  ('pending-steps', 1, 'GDPR art. 32; art. 5(1)(e): un accesso lasciato a metà'),
  ('invitations', 30, 'GDPR art. 5(1)(e): scaduto o usato l’invito'),
  ('recoveries', 180, 'Garante, provv. 27.11.2008 sugli amministratori di sistema: sei mesi'),
  ('quota-uses', 90, 'GDPR art. 32; art. 5(1)(e): per spiegare un rifiuto'),
  ('audit-verifications', 730, 'GDPR art. 5(2): prova dei controlli fatti, oltre la verifica annuale')
) as first (rule_id, term_days, law);

grant select, insert, update (recorded_to) on retention_rules to sipop_app;
grant select on retention_rules to sipop_auditor;
-- Reports of old verifications go; leaves and checkpoints never do (29).
grant delete on audit.verifications to sipop_app;

-- The profiles that there are already: who administers security has the new operations too.
with closed as (
  update profiles set recorded_to = greatest(now(), recorded_from + interval '1 microsecond')
   where profile_id = 'securityAdministrator' and recorded_to = 'infinity' returning *
)
insert into profiles (profile_id, italian, english, account, operations, fields, territory, purposes, recorded_from, changed_by)
select profile_id, italian, english, account, operations || array['retentionManage', 'processingManage', 'breachManage'],
       fields, territory, purposes, recorded_to, 'sipop'
  from closed;
