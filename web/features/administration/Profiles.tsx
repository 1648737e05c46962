/** Profiles, and "see as this profile": what one may ask, of whom, for what, and which fields are withheld. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { OPERATION_NAMES } from '../../api/operation-names.ts';
import { useLanguage, useWords, words } from '../../app/language.tsx';
import { MENU } from '../../app/menu.ts';
import { usePurpose } from '../../app/task.tsx';
import { Choice } from '../../components/Field.tsx';
import { List } from '../../components/List.tsx';
import { Problem } from '../../components/Notice.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { PURPOSE, SERVICES, type ServiceName } from './words.ts';

const WORDS = words({
  it: {
    choose: 'Vedi come questo profilo',
    territory: 'Territorio',
    own: 'il proprio comune',
    listed: 'i comuni indicati',
    province: 'tutta la provincia',
    self: 'sé stessi',
    menu: 'Nel menu vede',
    nothing: 'niente ancora',
    fields: 'Dati che legge',
    denied: 'Dati che non legge mai',
    none: 'nessuno',
    purposes: 'Scopi',
    operations: 'Che cosa può chiedere',
    operation: 'Operazione',
    service: 'Servizio',
    said: 'Va detto',
    nothingSaid: 'niente',
    purpose: 'lo scopo',
    both: 'lo scopo e la pratica',
    persons: 'Vede persone',
    yes: 'sì',
    no: 'no',
  },
  en: {
    choose: 'See as this profile',
    territory: 'Territory',
    own: 'one’s own comune',
    listed: 'the comuni listed',
    province: 'the whole province',
    self: 'oneself',
    menu: 'In the menu',
    nothing: 'nothing yet',
    fields: 'Data it reads',
    denied: 'Data it never reads',
    none: 'none',
    purposes: 'Purposes',
    operations: 'What it may ask',
    operation: 'Operation',
    service: 'Service',
    said: 'To be said',
    nothingSaid: 'nothing',
    purpose: 'the purpose',
    both: 'the purpose and the file',
    persons: 'Sees persons',
    yes: 'yes',
    no: 'no',
  },
});

const FIELDS: Readonly<Record<string, { readonly it: string; readonly en: string }>> = {
  names: { it: 'nome', en: 'name' },
  sex: { it: 'sesso', en: 'sex' },
  birth: { it: 'nascita', en: 'birth' },
  codiceFiscale: { it: 'codice fiscale', en: 'codice fiscale' },
  residence: { it: 'comune di residenza', en: 'comune of residence' },
  address: { it: 'indirizzo', en: 'address' },
  protectedAddress: { it: 'indirizzo delle persone protette', en: 'address of protected persons' },
  household: { it: 'famiglia', en: 'family' },
  relations: { it: 'parentela', en: 'relations' },
  civilStatus: { it: 'stato civile', en: 'civil status' },
  citizenship: { it: 'cittadinanza', en: 'citizenship' },
  documents: { it: 'documenti', en: 'documents' },
  permits: { it: 'soggiorno', en: 'residence permits' },
  declarations: { it: 'dichiarazioni', en: 'declarations' },
  death: { it: 'decesso', en: 'death' },
  history: { it: 'storia', en: 'history' },
  sealed: { it: 'identità sigillate', en: 'sealed identities' },
};

export function Profiles() {
  const say = useWords(WORDS);
  const { language } = useLanguage();
  const scopo = usePurpose(PURPOSE);
  const [chosen, setChosen] = useState('');
  const list = useQuery({ queryKey: ['profileList', scopo], queryFn: () => call('profileList', { scopo }) });
  if (list.error) return <Problem error={list.error} />;
  if (list.data === undefined) return <Waiting />;
  const profile = list.data.profili.find(({ profilo }) => profilo === chosen) ?? list.data.profili[0];
  if (profile === undefined) return null;
  const operations = new Set(profile.operazioni.map(({ operazione }) => operazione));
  const menu = MENU.filter((item) => item.operations.some((operation) => operations.has(operation)));
  const named = (fields: readonly string[]): string =>
    fields.map((field) => FIELDS[field]?.[language] ?? field).join(', ') || say.none;
  const purposes = new Map(list.data.scopi.map((p) => [p.scopo, p[language]]));
  return (
    <>
      <Choice label={say.choose} value={profile.profilo} onChange={(event) => setChosen(event.target.value)}>
        {list.data.profili.map((p) => (
          <option key={p.profilo} value={p.profilo}>
            {p[language]}
          </option>
        ))}
      </Choice>
      <dl className="facts">
        <dt>{say.territory}</dt>
        <dd>{say[profile.territorio]}</dd>
        <dt>{say.menu}</dt>
        <dd>{menu.map(({ label }) => label[language]).join(', ') || say.nothing}</dd>
        <dt>{say.fields}</dt>
        <dd>{named(profile.campi)}</dd>
        <dt>{say.denied}</dt>
        <dd>{named(profile.campi_negati)}</dd>
        <dt>{say.purposes}</dt>
        <dd>{profile.scopi.map((id) => purposes.get(id) ?? id).join(', ')}</dd>
      </dl>
      <List
        caption={say.operations}
        rows={profile.operazioni}
        keyOf={({ operazione }) => operazione}
        columns={[
          {
            title: say.operation,
            cell: ({ operazione }) => OPERATION_NAMES[operazione]?.[language] ?? operazione,
          },
          {
            title: say.service,
            cell: ({ servizio }) => SERVICES[servizio as ServiceName]?.[language] ?? servizio,
          },
          {
            title: say.said,
            cell: ({ va_detto }) =>
              ({ nothing: say.nothingSaid, purpose: say.purpose, 'purpose-and-file': say.both })[va_detto],
          },
          { title: say.persons, cell: ({ vede_persone }) => (vede_persone ? say.yes : say.no) },
        ]}
      />
    </>
  );
}
