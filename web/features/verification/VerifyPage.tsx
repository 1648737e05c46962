/** Verification: who, what they declared, and the answer. What is typed is kept as a draft until it is answered. */
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { Link } from 'react-router';
import { call, type Request } from '../../api/client.ts';
import { useWords, words } from '../../app/language.tsx';
import { Page } from '../../app/Page.tsx';
import { useSession } from '../../app/session.tsx';
import type { Task } from '../../app/task.tsx';
import { useDraft } from '../../app/useDraft.ts';
import { WithTask } from '../../app/WithTask.tsx';
import { DateField } from '../../components/DateField.tsx';
import { Field } from '../../components/Field.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Problem } from '../../components/Notice.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { DeclarationForm, type Draft } from './DeclarationForm.tsx';
import { declarationOf, missingOf } from './matters.ts';
import { Receipt } from './Receipt.tsx';
import { Verdicts } from './Verdicts.tsx';

const WORDS = words({
  it: {
    title: 'Verifica una dichiarazione',
    lead: 'Scrivi ciò che il cittadino ha dichiarato: la risposta dice se concorda con il registro, senza mostrarne i dati (DPR 445/2000, art. 71).',
    who: 'Chi dichiara',
    code: 'Codice fiscale',
    codeHint: 'Basta questo; altrimenti cognome, nome e data di nascita',
    surname: 'Cognome',
    given: 'Nome',
    born: 'Data di nascita',
    what: 'Che cosa dichiara',
    add: 'Aggiungi un’altra dichiarazione',
    day: 'Riferita al giorno (oggi, se vuoto)',
    ask: 'Verifica',
    again: 'Nuova verifica',
    waiting: 'Confronto con il registro…',
    file: 'Hai un elenco? Verifica un file intero',
    missing: 'Scrivi il codice fiscale, oppure cognome e nome',
  },
  en: {
    title: 'Verify a declaration',
    lead: 'Write what the citizen declared: the answer says whether it agrees with the register, without showing its data (DPR 445/2000, art. 71).',
    who: 'Who declares',
    code: 'Codice fiscale',
    codeHint: 'This is enough; otherwise surname, given name and birth date',
    surname: 'Surname',
    given: 'Given name',
    born: 'Birth date',
    what: 'What is declared',
    add: 'Add another declaration',
    day: 'As of the day (today where empty)',
    ask: 'Verify',
    again: 'New verification',
    waiting: 'Comparing with the register…',
    file: 'Have you a list? Verify a whole file',
    missing: 'Write the codice fiscale, or surname and given name',
  },
});

interface Form {
  readonly codice_fiscale: string;
  readonly cognome: string;
  readonly nome: string;
  readonly data_nascita: string;
  readonly al: string;
  readonly declarations: readonly Draft[];
}
const blank = (): Draft => ({ key: crypto.randomUUID(), matter: 'residenza', values: {}, members: [] });
const empty = (): Form => ({
  codice_fiscale: '',
  cognome: '',
  nome: '',
  data_nascita: '',
  al: '',
  declarations: [blank()],
});
const MOST = 20;

export function VerifyPage() {
  const say = useWords(WORDS);
  const { can } = useSession();
  return (
    <Page title={say.title} lead={say.lead} crumbs={[]}>
      {can('verifyBatch') ? (
        <p className="no-print">
          <Link to="/verifica/file">{say.file}</Link>
        </p>
      ) : null}
      <WithTask>{(task) => <Verify task={task} />}</WithTask>
    </Page>
  );
}

const filled = (values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''));

function Verify({ task }: { readonly task: Task }) {
  const say = useWords(WORDS);
  const [form, setForm, forget] = useDraft<Form>('verifica', empty);
  const [sent, setSent] = useState(false);
  const asked = useMutation({ mutationFn: (body: Request<'verify'>) => call('verify', body) });
  useEffect(() => {
    if (asked.isSuccess) forget();
  }, [asked.isSuccess, forget]);
  if (form === null) return <Waiting />;
  const { codice_fiscale, cognome, nome, data_nascita, al, declarations } = form;
  const named = codice_fiscale.trim() !== '' || (cognome.trim() !== '' && nome.trim() !== '');
  const set = (change: Partial<Form>) => setForm({ ...form, ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (!named || declarations.some((d) => missingOf(d.matter, d.values).length > 0)) return;
    asked.mutate({
      ...task,
      persona: filled({ codice_fiscale: codice_fiscale.trim(), cognome, nome, data_nascita }),
      dichiarazioni: declarations.map((d) => declarationOf(d.matter, d.values, d.members)),
      ...(al === '' ? {} : { al }),
    });
  };
  return (
    <>
      <form onSubmit={submit} noValidate className="no-print">
        <fieldset className="panel">
          <legend>{say.who}</legend>
          <Field
            label={say.code}
            hint={say.codeHint}
            value={codice_fiscale}
            maxLength={20}
            autoCapitalize="characters"
            wrong={sent && !named ? say.missing : null}
            onChange={(event) => set({ codice_fiscale: event.target.value })}
          />
          <div className="row-fields">
            <Field
              label={say.surname}
              value={cognome}
              onChange={(event) => set({ cognome: event.target.value })}
            />
            <Field label={say.given} value={nome} onChange={(event) => set({ nome: event.target.value })} />
            <DateField
              label={say.born}
              value={data_nascita}
              onChange={(date) => set({ data_nascita: date })}
            />
          </div>
        </fieldset>
        <h2>{say.what}</h2>
        {declarations.map((draft, place) => (
          <DeclarationForm
            key={draft.key}
            place={place + 1}
            draft={draft}
            missing={sent ? missingOf(draft.matter, draft.values) : []}
            onChange={(next) =>
              set({ declarations: declarations.map((d) => (d.key === next.key ? next : d)) })
            }
            onRemove={
              declarations.length === 1
                ? null
                : () => set({ declarations: declarations.filter((d) => d.key !== draft.key) })
            }
          />
        ))}
        {declarations.length < MOST ? (
          <button
            type="button"
            className="btn btn-outline-primary"
            onClick={() => set({ declarations: [...declarations, blank()] })}
          >
            <Icon name="plus" small /> {say.add}
          </button>
        ) : null}
        <div className="row-fields mt-3">
          <DateField label={say.day} value={al} onChange={(date) => set({ al: date })} whole />
        </div>
        <div className="actions">
          <button type="submit" className="btn btn-primary" disabled={asked.isPending}>
            {say.ask}
          </button>
          <button
            type="button"
            className="btn btn-outline-primary"
            onClick={() => {
              asked.reset();
              setSent(false);
              setForm(empty());
            }}
          >
            {say.again}
          </button>
        </div>
      </form>
      {asked.isPending ? <Waiting what={say.waiting} /> : null}
      {asked.error ? <Problem error={asked.error} /> : null}
      {asked.data === undefined ? null : (
        <>
          <Verdicts answer={asked.data} matters={declarations.map(({ matter }) => matter)} />
          <Receipt token={asked.data.ricevuta} />
        </>
      )}
    </>
  );
}
