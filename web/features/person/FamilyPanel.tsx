/** The family on the day asked: members in order, with the kinship. Opening it is a look of its own. */
import { useQuery } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import { useCodes } from '../../app/codes.ts';
import { useWords, words } from '../../app/language.tsx';
import { showDate } from '../../components/dates.ts';
import { Notice, Problem } from '../../components/Notice.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { PersonLink } from '../search/PersonLink.tsx';
import { addressLine } from './address.ts';
import type { Asking } from './PersonPage.tsx';

const WORDS = words({
  it: {
    none: 'In quel giorno non era in nessuna famiglia della provincia.',
    family: (id: string) => `Famiglia ${id}`,
    group: (name: string) => `Convivenza ${name}`,
    at: (where: string) => `abita in ${where}`,
    caption: (n: number) => (n === 1 ? 'Un componente' : `${n} componenti`),
    name: 'Cognome e nome',
    kin: 'Relazione',
    born: 'Nascita',
    code: 'Codice fiscale',
    since: 'Dal',
    maybe: 'possibile',
  },
  en: {
    none: 'On that day in no family of the province.',
    family: (id: string) => `Family ${id}`,
    group: (name: string) => `Convivenza ${name}`,
    at: (where: string) => `lives at ${where}`,
    caption: (n: number) => (n === 1 ? 'One member' : `${n} members`),
    name: 'Surname and given name',
    kin: 'Kinship',
    born: 'Birth',
    code: 'Codice fiscale',
    since: 'Since',
    maybe: 'possible',
  },
});

export function FamilyPanel({ asking }: { readonly asking: Asking }) {
  const say = useWords(WORDS);
  const codes = useCodes();
  const read = useQuery({
    queryKey: ['familyRead', asking],
    queryFn: ({ signal }) => call('familyRead', asking, signal),
  });
  if (read.error) return <Problem error={read.error} />;
  if (read.data === undefined) return <Waiting />;
  const family = read.data.famiglia;
  if (family === null) return <Notice>{say.none}</Notice>;
  const table = family.tipo === 'famiglia' ? 'T5' : 'T6';
  const where = addressLine(family.indirizzo);
  return (
    <>
      <p>
        <strong>
          {family.tipo === 'famiglia'
            ? say.family(family.id_famiglia ?? '')
            : say.group(family.denominazione ?? family.id_convivenza ?? '')}
        </strong>
        , {codes.comune(family.comune)}
        {where === '' ? '' : `, ${say.at(where)}`}
      </p>
      <div className="table-wrap">
        <table className="list stacked">
          <caption>{say.caption(family.componenti.length)}</caption>
          <thead>
            <tr>
              <th scope="col">{say.name}</th>
              <th scope="col">{say.kin}</th>
              <th scope="col">{say.born}</th>
              <th scope="col">{say.code}</th>
              <th scope="col">{say.since}</th>
            </tr>
          </thead>
          <tbody>
            {family.componenti.map((m, place) => {
              const name = `${m.cognome ?? ''} ${m.nome ?? ''}`.trim() || '—';
              return (
                <tr key={`${m.codice_fiscale ?? place} ${m.dal}`}>
                  <th scope="row">
                    {m.codice_fiscale ? (
                      <PersonLink person={m.codice_fiscale} al={asking.al}>
                        {name}
                      </PersonLink>
                    ) : (
                      name
                    )}
                  </th>
                  <td data-label={say.kin}>
                    {codes.word(table, m.relazione)}
                    {m.certezza === 'possibile' ? ` (${say.maybe})` : ''}
                  </td>
                  <td data-label={say.born}>{showDate(m.data_nascita)}</td>
                  <td data-label={say.code} className="code">
                    {m.codice_fiscale ?? ''}
                  </td>
                  <td data-label={say.since}>{showDate(m.dal)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}
