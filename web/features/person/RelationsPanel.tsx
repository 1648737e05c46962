/** Parents, spouse, children, with how each is known; a small tree of three generations, and the same as a list. */
import { useQuery } from '@tanstack/react-query';
import { type Answer, call } from '../../api/client.ts';
import { useCodes } from '../../app/codes.ts';
import { useWords, words } from '../../app/language.tsx';
import { showDate } from '../../components/dates.ts';
import { Notice, Problem } from '../../components/Notice.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { PersonLink } from '../search/PersonLink.tsx';
import type { Asking } from './PersonPage.tsx';

const WORDS = words({
  it: {
    none: 'Nessuna relazione registrata che questo profilo possa leggere.',
    parents: 'Genitori',
    self: 'La persona',
    children: 'Figli',
    padre: 'padre',
    madre: 'madre',
    coniuge: 'coniuge',
    unito_civilmente: 'unito/a civilmente',
    figlio: 'figlio/a',
    numero: 'indicato con il suo numero di scheda',
    codice_fiscale: 'indicato con il codice fiscale',
    numero_e_codice_fiscale: 'indicato con numero e codice fiscale',
    dead: (day: string) => `deceduto/a${day === '' ? '' : ` il ${day}`}`,
    outside: 'non è nel registro della provincia',
    possible: 'possibile',
    unknown: 'Persona non nominata',
  },
  en: {
    none: 'No relation recorded that this profile may read.',
    parents: 'Parents',
    self: 'The person',
    children: 'Children',
    padre: 'father',
    madre: 'mother',
    coniuge: 'spouse',
    unito_civilmente: 'civil partner',
    figlio: 'child',
    numero: 'named by the number of the entry',
    codice_fiscale: 'named by codice fiscale',
    numero_e_codice_fiscale: 'named by number and codice fiscale',
    dead: (day: string) => `dead${day === '' ? '' : ` since ${day}`}`,
    outside: 'not in the register of the province',
    possible: 'possible',
    unknown: 'Person not named',
  },
});

type Relation = Answer<'relationsRead'>['relazioni'][number];

export function RelationsPanel({ asking, name }: { readonly asking: Asking; readonly name: string }) {
  const say = useWords(WORDS);
  const read = useQuery({
    queryKey: ['relationsRead', asking],
    queryFn: ({ signal }) => call('relationsRead', asking, signal),
  });
  if (read.error) return <Problem error={read.error} />;
  if (read.data === undefined) return <Waiting />;
  const relations = read.data.relazioni;
  if (relations.length === 0) return <Notice>{say.none}</Notice>;
  const of = (...kinds: Relation['relazione'][]) => relations.filter((r) => kinds.includes(r.relazione));
  const rows: readonly (readonly [string, readonly Relation[], boolean])[] = [
    [say.parents, of('padre', 'madre'), false],
    [say.self, of('coniuge', 'unito_civilmente'), true],
    [say.children, of('figlio'), false],
  ];
  return (
    <div className="tree">
      {rows.map(([label, people, self]) =>
        people.length === 0 && !self ? null : (
          <section key={label} aria-label={label}>
            <h3>{label}</h3>
            <ul>
              {self ? (
                <li className="card-person self">
                  <strong>{name}</strong>
                </li>
              ) : null}
              {people.map((relation) => (
                <Relative
                  key={`${relation.relazione} ${relation.persona} ${relation.codice_fiscale} ${relation.dal} ${relation.nome}`}
                  relation={relation}
                  al={asking.al}
                />
              ))}
            </ul>
          </section>
        ),
      )}
    </div>
  );
}

function Relative({ relation, al }: { readonly relation: Relation; readonly al: string | undefined }) {
  const say = useWords(WORDS);
  const codes = useCodes([relation.comune]);
  const name =
    `${relation.cognome ?? ''} ${relation.nome ?? ''}`.trim() || relation.codice_fiscale || say.unknown;
  const about = [
    showDate(relation.data_nascita),
    relation.in_vita === false ? say.dead(showDate(relation.data_decesso)) : '',
    codes.comune(relation.comune),
    relation.persona === null ? say.outside : '',
    relation.certezza === 'possibile' ? say.possible : '',
  ].filter(Boolean);
  return (
    <li className="card-person">
      <span className="soft">{say[relation.relazione]}</span>
      <br />
      {relation.persona === null ? (
        <strong>{name}</strong>
      ) : (
        <PersonLink person={relation.persona} al={al}>
          {name}
        </PersonLink>
      )}
      <br />
      {about.length === 0 ? null : (
        <>
          <span>{about.join(' · ')}</span>
          <br />
        </>
      )}
      <span className="soft small">{say[relation.noto_per]}</span>
    </li>
  );
}
