/** What the record holds, for the fields of the profile; a field that is not there is not shown. */
import type { ReactNode } from 'react';
import type { Answer } from '../../api/client.ts';
import { useCodes } from '../../app/codes.ts';
import { useWords, words } from '../../app/language.tsx';
import { showDate } from '../../components/dates.ts';
import { PersonLink } from '../search/PersonLink.tsx';
import { addressLine } from './address.ts';

const WORDS = words({
  it: {
    code: 'Codice fiscale',
    notValidated: 'non convalidato',
    sex: 'Sesso',
    born: 'Nascita',
    age: (n: number) => `${n} anni`,
    death: 'Decesso',
    residence: 'Residenza',
    since: (day: string) => `dal ${day}`,
    notResident: 'Non residente in provincia',
    possible: 'possibile',
    address: 'Indirizzo',
    noAbode: 'senza fissa dimora',
    withheld: 'non leggibile con questo profilo',
    left: (day: string, where: string) => `Cancellata dal ${day}${where === '' ? '' : `, verso ${where}`}`,
    status: 'Stato civile',
    spouse: 'Coniuge',
    citizenship: 'Cittadinanza',
    household: 'In famiglia',
    parents: 'Genitori',
    children: 'Figli',
    document: 'Documento',
    expires: (day: string) => `scade il ${day}`,
    permit: 'Soggiorno',
    id: 'Identificativo provinciale',
    m: 'maschile',
    f: 'femminile',
  },
  en: {
    code: 'Codice fiscale',
    notValidated: 'not validated',
    sex: 'Sex',
    born: 'Birth',
    age: (n: number) => `aged ${n}`,
    death: 'Death',
    residence: 'Residence',
    since: (day: string) => `since ${day}`,
    notResident: 'Not resident in the province',
    possible: 'possible',
    address: 'Address',
    noAbode: 'of no fixed abode',
    withheld: 'not readable with this profile',
    left: (day: string, where: string) => `Cancelled from ${day}${where === '' ? '' : `, towards ${where}`}`,
    status: 'Civil status',
    spouse: 'Spouse',
    citizenship: 'Citizenship',
    household: 'In the family',
    parents: 'Parents',
    children: 'Children',
    document: 'Document',
    expires: (day: string) => `expires on ${day}`,
    permit: 'Residence permit',
    id: 'Provincial identifier',
    m: 'male',
    f: 'female',
  },
});

type PersonAnswer = Answer<'personRead'>;
type Related = {
  readonly codice_fiscale: string | null;
  readonly cognome?: string | null;
  readonly nome?: string | null;
};

function RelatedPerson({ person }: { readonly person: Related }) {
  const name = `${person.cognome ?? ''} ${person.nome ?? ''}`.trim() || (person.codice_fiscale ?? '');
  return person.codice_fiscale === null ? (
    name
  ) : (
    <PersonLink person={person.codice_fiscale}>{name}</PersonLink>
  );
}

export function PersonFacts({ person }: { readonly person: PersonAnswer }) {
  const say = useWords(WORDS);
  const who = person.generalita;
  const home = person.residenza;
  const elsewhere = home?.altrove;
  const codes = useCodes([
    who?.comune_nascita,
    home?.comune,
    elsewhere?.comune,
    person.decesso?.comune,
    person.famiglia?.comune,
  ]);
  const rows: (readonly [string, ReactNode])[] = [];
  const add = (label: string, value: ReactNode) => {
    if (value !== '' && value !== null && value !== undefined) rows.push([label, value]);
  };
  if (who) {
    if (who.codice_fiscale)
      add(
        say.code,
        <>
          <span className="code">{who.codice_fiscale}</span>
          {who.validita_cf === '1' || who.validita_cf == null ? null : (
            <span className="soft"> {say.notValidated}</span>
          )}
        </>,
      );
    if (who.sesso !== undefined) add(say.sex, who.sesso === 'M' ? say.m : say.f);
    if (who.data_nascita !== undefined) {
      const place = who.comune_nascita
        ? codes.comune(who.comune_nascita)
        : [who.localita_nascita, codes.state(who.stato_nascita)].filter(Boolean).join(', ');
      const age = who.eta == null || person.decesso ? '' : ` (${say.age(who.eta)})`;
      add(say.born, `${showDate(who.data_nascita)}${place === '' ? '' : `, ${place}`}${age}`);
    }
  }
  if (person.decesso)
    add(
      say.death,
      [
        showDate(person.decesso.data),
        person.decesso.comune ? codes.comune(person.decesso.comune) : codes.state(person.decesso.stato),
      ]
        .filter(Boolean)
        .join(', '),
    );
  if (home !== undefined) {
    const possible = home.certezza === 'possibile' ? ` (${say.possible})` : '';
    if (home.residente)
      add(
        say.residence,
        `${codes.comune(home.comune)}${home.iscritto_dal ? `, ${say.since(showDate(home.iscritto_dal))}` : ''}${possible}`,
      );
    else
      add(
        say.residence,
        home.cancellato_dal === undefined
          ? say.notResident
          : say.left(
              showDate(home.cancellato_dal),
              elsewhere?.comune ? codes.comune(elsewhere.comune) : codes.state(elsewhere?.stato),
            ),
      );
    if (home.residente)
      add(
        say.address,
        home.senza_fissa_dimora
          ? say.noAbode
          : home.indirizzo
            ? `${addressLine(home.indirizzo)}${home.abitazione_dal ? `, ${say.since(showDate(home.abitazione_dal))}` : ''}`
            : person.segnali.protetto
              ? say.withheld
              : '',
      );
  }
  if (person.famiglia)
    add(
      say.household,
      codes.word(person.famiglia.tipo === 'famiglia' ? 'T5' : 'T6', person.famiglia.relazione),
    );
  if (person.stato_civile) {
    add(
      say.status,
      `${codes.word('T1', person.stato_civile.stato_civile)}, ${say.since(showDate(person.stato_civile.dal))}`,
    );
    if (person.stato_civile.coniuge) add(say.spouse, <RelatedPerson person={person.stato_civile.coniuge} />);
  }
  if (person.cittadinanza)
    add(
      say.citizenship,
      [person.cittadinanza.cittadinanza, person.cittadinanza.altra_cittadinanza]
        .filter(Boolean)
        .map((code) => codes.state(code))
        .join(', '),
    );
  if (person.genitori) {
    const parents = [person.genitori.padre, person.genitori.madre].filter((p) => p !== null);
    if (parents.length > 0) add(say.parents, <People people={parents} />);
  }
  if (person.figli !== undefined && person.figli.length > 0)
    add(say.children, <People people={person.figli} />);
  if (person.documento)
    add(
      say.document,
      [
        person.documento.tipo,
        person.documento.numero,
        person.documento.scadenza ? say.expires(showDate(person.documento.scadenza)) : '',
      ]
        .filter(Boolean)
        .join(' · '),
    );
  if (person.soggiorno)
    add(
      say.permit,
      [
        codes.word('T8', person.soggiorno.tipo),
        person.soggiorno.scadenza ? say.expires(showDate(person.soggiorno.scadenza)) : '',
      ]
        .filter(Boolean)
        .join(' · '),
    );
  add(say.id, <span className="code">{person.persona}</span>);
  return (
    <dl className="facts">
      {rows.map(([label, value]) => (
        <Row key={label} label={label}>
          {value}
        </Row>
      ))}
    </dl>
  );
}

function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

function People({ people }: { readonly people: readonly Related[] }) {
  return (
    <ul className="list-unstyled mb-0">
      {people.map((person) => (
        <li key={`${person.codice_fiscale} ${person.cognome} ${person.nome}`}>
          <RelatedPerson person={person} />
        </li>
      ))}
    </ul>
  );
}
