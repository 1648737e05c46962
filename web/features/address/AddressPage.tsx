/** Who lives, or lived, at an address on a day or in a period. */
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { ApiProblem, call } from '../../api/client.ts';
import { useCodes } from '../../app/codes.ts';
import { useWords, words } from '../../app/language.tsx';
import { Page } from '../../app/Page.tsx';
import type { Task } from '../../app/task.tsx';
import { findVisit, keepVisit, visitNow } from '../../app/visits.ts';
import { WithTask } from '../../app/WithTask.tsx';
import { DateField } from '../../components/DateField.tsx';
import { showDate } from '../../components/dates.ts';
import { Choice, Field } from '../../components/Field.tsx';
import { Notice, Problem } from '../../components/Notice.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { PersonLink } from '../search/PersonLink.tsx';

const WORDS = words({
  it: {
    title: 'Chi abita a un indirizzo',
    lead: 'In un giorno, o in un periodo: chi ci abita, chi ci ha abitato, chi forse ci abita.',
    comune: 'Comune',
    street: 'Via o piazza',
    number: 'Numero civico (tutti, se vuoto)',
    from: 'Dal (solo per un periodo)',
    on: 'Al (oggi, se vuoto)',
    ask: 'Mostra',
    choose: 'Scegli il comune…',
    missing: 'Scegli il comune e scrivi la via',
    many: (n: number) => `Sono ${n}: troppi per mostrarne i nomi. Aggiungi il numero civico.`,
    none: 'Nessuno risulta abitarci. Controlla come è scritta la via (basta il nome, senza abbreviazioni), o togli il numero civico.',
    caption: (n: number) => (n === 1 ? 'Una persona' : `${n} persone`),
    name: 'Cognome e nome',
    born: 'Nascita',
    flat: 'Interno',
    since: 'Dal',
    to: 'Al',
    sure: 'Certezza',
    certa: 'certa',
    possibile: 'possibile',
    gone: 'Questa ricerca non si può riaprire: falla di nuovo.',
    unnamed: 'Persona senza nome per questo profilo',
  },
  en: {
    title: 'Who lives at an address',
    lead: 'On a day, or in a period: who lives there, who lived there, who may live there.',
    comune: 'Comune',
    street: 'Street',
    number: 'Number (all, where empty)',
    from: 'From (for a period only)',
    on: 'As of (today where empty)',
    ask: 'Show',
    choose: 'Choose the comune…',
    missing: 'Choose the comune and write the street',
    many: (n: number) => `They are ${n}: too many to show their names. Add the number.`,
    none: 'Nobody is recorded as living there. Check how the street is written (the name is enough, without abbreviations), or take the number away.',
    caption: (n: number) => (n === 1 ? 'One person' : `${n} persons`),
    name: 'Surname and given name',
    born: 'Birth',
    flat: 'Flat',
    since: 'Since',
    to: 'Until',
    sure: 'Certainty',
    certa: 'certain',
    possibile: 'possible',
    gone: 'This search cannot be opened again: ask it anew.',
    unnamed: 'Person without a name for this profile',
  },
});

interface Asked {
  readonly comune: string;
  readonly via: string;
  readonly civico?: string;
  readonly dal?: string;
  readonly al?: string;
}

export function AddressPage() {
  const say = useWords(WORDS);
  const { visit } = useParams();
  return (
    <Page title={say.title} lead={say.lead} crumbs={[]}>
      <WithTask>{(task) => <Asking key={visit ?? ''} visit={visit} task={task} />}</WithTask>
    </Page>
  );
}

function Asking({ visit, task }: { readonly visit: string | undefined; readonly task: Task }) {
  const say = useWords(WORDS);
  const navigate = useNavigate();
  const now = visit === undefined ? undefined : visitNow<Asked>(visit);
  const asked = useQuery({
    queryKey: ['visit', visit],
    queryFn: () => findVisit<Asked>(visit ?? ''),
    enabled: visit !== undefined,
    ...(now === undefined ? {} : { initialData: now }),
  });
  if (visit !== undefined && asked.isPending && asked.error === null) return <Waiting />;
  return (
    <>
      <AddressForm
        before={asked.data ?? null}
        onAsk={(next) => void navigate(`/indirizzo/${keepVisit(next)}`)}
      />
      {asked.error ? <Problem error={asked.error} /> : null}
      {visit !== undefined && asked.data === null ? <Notice kind="warning">{say.gone}</Notice> : null}
      {asked.data ? <Occupants asked={asked.data} task={task} /> : null}
    </>
  );
}

interface AddressFormProps {
  readonly before: Asked | null;
  readonly onAsk: (asked: Asked) => void;
}

function AddressForm({ before, onAsk }: AddressFormProps) {
  const say = useWords(WORDS);
  const codes = useCodes();
  const [comune, setComune] = useState(before?.comune ?? '');
  const [via, setVia] = useState(before?.via ?? '');
  const [civico, setCivico] = useState(before?.civico ?? '');
  const [dal, setDal] = useState(before?.dal ?? '');
  const [al, setAl] = useState(before?.al ?? '');
  const [sent, setSent] = useState(false);
  const missing = comune === '' || via.trim() === '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (missing) return;
    onAsk({
      comune,
      via: via.trim(),
      ...(civico.trim() === '' ? {} : { civico: civico.trim() }),
      ...(dal === '' ? {} : { dal }),
      ...(al === '' ? {} : { al }),
    });
  };
  return (
    <form onSubmit={submit} noValidate className="panel">
      {sent && missing ? <Notice kind="error">{say.missing}</Notice> : null}
      <div className="row-fields">
        <Choice label={say.comune} value={comune} onChange={(event) => setComune(event.target.value)}>
          <option value="">{say.choose}</option>
          {codes.comuni.map(({ codice, parole }) => (
            <option key={codice} value={codice}>
              {parole}
            </option>
          ))}
        </Choice>
        <Field
          label={say.street}
          value={via}
          maxLength={120}
          onChange={(event) => setVia(event.target.value)}
        />
        <Field
          label={say.number}
          value={civico}
          maxLength={20}
          onChange={(event) => setCivico(event.target.value)}
        />
        <DateField label={say.from} value={dal} onChange={setDal} whole />
        <DateField label={say.on} value={al} onChange={setAl} whole />
      </div>
      <button type="submit" className="btn btn-primary">
        {say.ask}
      </button>
    </form>
  );
}

function Occupants({ asked, task }: { readonly asked: Asked; readonly task: Task }) {
  const say = useWords(WORDS);
  const read = useQuery({
    queryKey: ['addressRead', task, asked],
    queryFn: ({ signal }) => call('addressRead', { ...task, ...asked }, signal),
  });
  if (read.error instanceof ApiProblem && read.error.status === 404) return <Notice>{say.none}</Notice>;
  if (read.error) return <Problem error={read.error} />;
  if (read.data === undefined) return <Waiting />;
  const { occupanti, numero } = read.data;
  if (occupanti === null) return <Notice kind="warning">{say.many(numero)}</Notice>;
  if (occupanti.length === 0) return <Notice>{say.none}</Notice>;
  return (
    <div className="table-wrap">
      <table className="list stacked">
        <caption>{say.caption(occupanti.length)}</caption>
        <thead>
          <tr>
            <th scope="col">{say.name}</th>
            <th scope="col">{say.born}</th>
            <th scope="col">{say.flat}</th>
            <th scope="col">{say.since}</th>
            <th scope="col">{say.to}</th>
            <th scope="col">{say.sure}</th>
          </tr>
        </thead>
        <tbody>
          {occupanti.map((person) => (
            <tr key={`${person.persona} ${person.dal}`}>
              <th scope="row">
                <PersonLink person={person.persona} al={asked.al}>
                  {`${person.cognome ?? ''} ${person.nome ?? ''}`.trim() || say.unnamed}
                </PersonLink>
              </th>
              <td data-label={say.born}>{showDate(person.data_nascita)}</td>
              <td data-label={say.flat}>{person.interno ?? ''}</td>
              <td data-label={say.since}>{showDate(person.dal)}</td>
              <td data-label={say.to}>{showDate(person.al)}</td>
              <td data-label={say.sure}>{say[person.certezza]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
