/** How many live where, by sex and age, on a day: of the province or of a comune. No person is shown. */
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call, type Request } from '../../api/client.ts';
import { useCodes } from '../../app/codes.ts';
import { useWords, words } from '../../app/language.tsx';
import { Page } from '../../app/Page.tsx';
import { usePurpose } from '../../app/task.tsx';
import { DateField } from '../../components/DateField.tsx';
import { Choice } from '../../components/Field.tsx';
import { Problem } from '../../components/Notice.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { PopulationNumbers } from './PopulationNumbers.tsx';

const WORDS = words({
  it: {
    title: 'Popolazione',
    lead: 'Quanti risiedono nella provincia o in un comune, per sesso ed età, in un giorno. Solo numeri: nessuna persona si vede.',
    where: 'Dove',
    province: 'tutta la provincia',
    on: 'Al giorno (oggi, se vuoto)',
    known: 'Come era noto al (ciò che si sa ora, se vuoto)',
    count: 'Conta',
  },
  en: {
    title: 'Population',
    lead: 'How many reside in the province or in a comune, by sex and age, on a day. Numbers alone: no person is shown.',
    where: 'Where',
    province: 'the whole province',
    on: 'On the day (today where empty)',
    known: 'As known on (what is known now, where empty)',
    count: 'Count',
  },
});

type Asked = Pick<Request<'populationCount'>, 'comune' | 'al' | 'noto_al'>;

export function PopulationPage() {
  const say = useWords(WORDS);
  const scopo = usePurpose(['statistica', 'coordinamento', 'anagrafe']);
  const [asked, setAsked] = useState<Asked>({});
  const found = useQuery({
    queryKey: ['populationCount', scopo, asked],
    queryFn: ({ signal }) => call('populationCount', { scopo, ...asked }, signal),
  });
  return (
    <Page title={say.title} lead={say.lead} crumbs={[]}>
      <Asking onAsk={setAsked} />
      {found.error ? <Problem error={found.error} /> : null}
      {found.isFetching ? <Waiting /> : null}
      {found.data === undefined || found.isFetching ? null : <PopulationNumbers population={found.data} />}
    </Page>
  );
}

function Asking({ onAsk }: { readonly onAsk: (asked: Asked) => void }) {
  const say = useWords(WORDS);
  const { comuni } = useCodes();
  const [comune, setComune] = useState('');
  const [al, setAl] = useState('');
  const [known, setKnown] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAsk({
      ...(comune === '' ? {} : { comune }),
      ...(al === '' ? {} : { al }),
      ...(known === '' ? {} : { noto_al: known }),
    });
  };
  return (
    <form onSubmit={submit} className="panel no-print">
      <div className="row-fields">
        <Choice label={say.where} value={comune} onChange={(event) => setComune(event.target.value)}>
          <option value="">{say.province}</option>
          {comuni.map(({ codice, parole }) => (
            <option key={codice} value={codice}>
              {parole}
            </option>
          ))}
        </Choice>
        <DateField label={say.on} value={al} onChange={setAl} whole />
        <DateField label={say.known} value={known} onChange={setKnown} whole />
      </div>
      <button type="submit" className="btn btn-primary">
        {say.count}
      </button>
    </form>
  );
}
