/** The short list: enough to choose the right person, no more. Of too many, only how many (services.md, Lookup). */
import { useEffect, useRef } from 'react';
import type { Answer } from '../../api/client.ts';
import { useCodes } from '../../app/codes.ts';
import { useWords, words } from '../../app/language.tsx';
import { showDate } from '../../components/dates.ts';
import { Notice } from '../../components/Notice.tsx';
import { PersonLink } from './PersonLink.tsx';

const WORDS = words({
  it: {
    none: 'Nessuno risponde a questa ricerca. Controlla come è scritto il nome, oppure aggiungi i defunti e chi è uscito.',
    many: (n: string) =>
      `Rispondono ${n} persone: troppe per mostrare i nomi. Aggiungi la data di nascita, il comune o il nome per intero.`,
    atLeast: (n: number) => `almeno ${n}`,
    caption: (n: number) => (n === 1 ? 'Una persona trovata' : `${n} persone trovate`),
    name: 'Cognome e nome',
    born: 'Nascita',
    code: 'Codice fiscale',
    comune: 'Comune',
    found: 'Come risponde',
    attuale: 'con i dati di oggi',
    earlier: 'con un nome o indirizzo di prima',
    protected: 'persona protetta',
    unnamed: 'Persona senza nome per questo profilo',
  },
  en: {
    none: 'Nobody answers to this search. Check how the name is written, or add the dead and the departed.',
    many: (n: string) =>
      `${n} persons answer: too many to show the names. Add the birth date, the comune or the whole given name.`,
    atLeast: (n: number) => `at least ${n}`,
    caption: (n: number) => (n === 1 ? 'One person found' : `${n} persons found`),
    name: 'Surname and given name',
    born: 'Birth',
    code: 'Codice fiscale',
    comune: 'Comune',
    found: 'How it answers',
    attuale: 'by the data of today',
    earlier: 'by an earlier name or address',
    protected: 'protected person',
    unnamed: 'Person without a name for this profile',
  },
});

type Found = Answer<'personSearch'>;

export function ShortList({ found, al }: { readonly found: Found; readonly al?: string | undefined }) {
  const say = useWords(WORDS);
  const codes = useCodes(found.persone?.map(({ comune }) => comune) ?? []);
  const first = useRef<HTMLAnchorElement>(null);
  const people = found.persone;
  // From what was typed to the person with one key more.
  useEffect(() => {
    first.current?.focus();
  }, []);
  if (people === null)
    return (
      <Notice kind="warning">
        {say.many(found.almeno ? say.atLeast(found.numero) : String(found.numero))}
      </Notice>
    );
  if (people.length === 0) return <Notice>{say.none}</Notice>;
  return (
    <div className="table-wrap">
      <table className="list stacked">
        <caption>{say.caption(people.length)}</caption>
        <thead>
          <tr>
            <th scope="col">{say.name}</th>
            <th scope="col">{say.born}</th>
            <th scope="col">{say.code}</th>
            <th scope="col">{say.comune}</th>
            <th scope="col">{say.found}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person, place) => (
            <tr key={person.persona}>
              <th scope="row">
                <PersonLink person={person.persona} al={al} ref={place === 0 ? first : null}>
                  {person.cognome === undefined && person.nome === undefined
                    ? say.unnamed
                    : `${person.cognome ?? ''} ${person.nome ?? ''}`.trim()}
                </PersonLink>
                {person.segnali.includes('protetto') ? (
                  <span className="flag grave ms-2">{say.protected}</span>
                ) : null}
              </th>
              <td data-label={say.born}>{showDate(person.data_nascita)}</td>
              <td data-label={say.code} className="code">
                {person.codice_fiscale ?? ''}
              </td>
              <td data-label={say.comune}>{codes.comune(person.comune)}</td>
              <td data-label={say.found}>
                {person.trovato_per === 'attuale' ? say.attuale : person.trovato_per.replaceAll('_', ' ')}
                {person.somiglianza === null ? '' : ` · ${person.somiglianza}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
