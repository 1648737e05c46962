/** Bodies, each with its agreements: what it delivers, what it may ask for, from where, until when. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type Answer, call, type Request } from '../../api/client.ts';
import { useCodes } from '../../app/codes.ts';
import { useLanguage, useWords, words } from '../../app/language.tsx';
import { usePurpose } from '../../app/task.tsx';
import { Ask } from '../../components/Ask.tsx';
import { showDate } from '../../components/dates.ts';
import { Choice, Field } from '../../components/Field.tsx';
import { Icon } from '../../components/Icon.tsx';
import { List } from '../../components/List.tsx';
import { Notice, Problem } from '../../components/Notice.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { AgreementForm } from './AgreementForm.tsx';
import { KINDS, PURPOSE, SERVICES, type ServiceName } from './words.ts';

const WORDS = words({
  it: {
    caption: (n: number) => (n === 1 ? 'Un ente' : `${n} enti`),
    name: 'Ente',
    kind: 'Tipo',
    comune: 'Comune',
    state: 'Stato',
    open: 'Convenzioni',
    add: 'Aggiungi un ente',
    addName: 'Nome dell’ente',
    save: 'Aggiungi',
    choose: 'Scegli…',
    ended: 'cessato',
    active: 'aderente',
    none: 'Nessuna convenzione: senza, gli utenti di questo ente non possono chiedere nulla.',
    new: 'Nuova convenzione',
    end: 'Fa cessare oggi',
    endTitle: 'Cessazione della convenzione',
    endText:
      'Da oggi ogni chiave degli utenti e dei sistemi di questo ente smette di aprire. Non si torna indietro: serve una convenzione nuova.',
    until: (day: string) => `fino al ${day}`,
    openEnded: 'senza scadenza',
    past: 'non in vigore',
    basis: 'Base',
    services: 'Servizi',
    profiles: 'Profili',
    delivers: (what: string, days: number) => `consegna ${what} ogni ${days} giorni`,
    network: 'Rete',
    certificate: 'serve il certificato del sistema',
  },
  en: {
    caption: (n: number) => (n === 1 ? 'One body' : `${n} bodies`),
    name: 'Body',
    kind: 'Kind',
    comune: 'Comune',
    state: 'State',
    open: 'Agreements',
    add: 'Add a body',
    addName: 'Name of the body',
    save: 'Add',
    choose: 'Choose…',
    ended: 'ended',
    active: 'member',
    none: 'No agreement: without one the users of this body may ask nothing.',
    new: 'New agreement',
    end: 'End it today',
    endTitle: 'End of the agreement',
    endText:
      'From today every key of the users and systems of this body opens nothing. There is no way back: a new agreement is needed.',
    until: (day: string) => `until ${day}`,
    openEnded: 'without an end',
    past: 'not in force',
    basis: 'Basis',
    services: 'Services',
    profiles: 'Profiles',
    delivers: (what: string, days: number) => `delivers ${what} every ${days} days`,
    network: 'Network',
    certificate: 'the certificate of the system is needed',
  },
});

type Body = Answer<'bodyList'>['enti'][number];

export function Bodies() {
  const say = useWords(WORDS);
  const { language } = useLanguage();
  const codes = useCodes();
  const scopo = usePurpose(PURPOSE);
  const [open, setOpen] = useState<Body | null>(null);
  const list = useQuery({
    queryKey: ['bodyList', scopo],
    queryFn: () => call('bodyList', { scopo, limite: 200 }),
  });
  if (list.error) return <Problem error={list.error} />;
  if (list.data === undefined) return <Waiting />;
  return (
    <>
      <List
        caption={say.caption(list.data.numero)}
        rows={list.data.enti}
        keyOf={({ body_id }) => body_id}
        columns={[
          { title: say.name, cell: ({ name, body_id }) => `${name} (${body_id})` },
          { title: say.kind, cell: ({ kind }) => KINDS[kind][language] },
          { title: say.comune, cell: ({ comune }) => codes.comune(comune) },
          { title: say.state, cell: ({ ended }) => (ended ? say.ended : say.active) },
          {
            title: say.open,
            hidden: true,
            cell: (body) => (
              <button
                type="button"
                className="btn btn-sm btn-outline-primary"
                aria-expanded={open?.body_id === body.body_id}
                onClick={() => setOpen(open?.body_id === body.body_id ? null : body)}
              >
                {say.open} <span className="sr">{body.name}</span>
              </button>
            ),
          },
        ]}
      />
      {open === null ? null : <Agreements key={open.body_id} body={open} />}
      <AddBody />
    </>
  );
}

function Agreements({ body }: { readonly body: Body }) {
  const say = useWords(WORDS);
  const scopo = usePurpose(PURPOSE);
  const queries = useQueryClient();
  const { language } = useLanguage();
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<string | null>(null);
  const again = () => queries.invalidateQueries({ queryKey: ['agreementList'] });
  const list = useQuery({
    queryKey: ['agreementList', scopo, body.body_id],
    queryFn: () => call('agreementList', { scopo, ente: body.body_id, limite: 50 }),
  });
  if (list.error) return <Problem error={list.error} />;
  if (list.data === undefined) return <Waiting />;
  return (
    <section className="panel" aria-label={body.name}>
      <h3 className="mt-0">{body.name}</h3>
      {list.data.convenzioni.length === 0 ? <Notice kind="warning">{say.none}</Notice> : null}
      {list.data.convenzioni.map((a) => (
        <div key={a.agreement_id} className="panel">
          <div className="spread">
            <strong>
              {a.agreement_id}: {a.legal_basis}
            </strong>
            <span>
              {a.in_force ? '' : `${say.past}, `}
              {a.valid_to === null ? say.openEnded : say.until(showDate(a.valid_to))}
            </span>
          </div>
          <p className="mb-1">
            {say.services}: {a.services.map((s) => SERVICES[s as ServiceName]?.[language] ?? s).join(', ')}
          </p>
          <p className="mb-1">
            {say.profiles}: {a.profiles.join(', ')}
          </p>
          {a.delivers === null || a.every_days === null ? null : (
            <p className="mb-1">{say.delivers(a.delivers, a.every_days)}</p>
          )}
          {a.network.length === 0 ? null : (
            <p className="mb-1">
              {say.network}: <span className="code">{a.network.join(', ')}</span>
            </p>
          )}
          {a.certificate ? <p className="mb-1">{say.certificate}</p> : null}
          {a.in_force ? (
            <button
              type="button"
              className="btn btn-sm btn-outline-danger"
              onClick={() => setEnding(a.agreement_id)}
            >
              {say.end} <span className="sr">{a.agreement_id}</span>
            </button>
          ) : null}
        </div>
      ))}
      {adding ? (
        <AgreementForm
          ente={body.body_id}
          onDone={() => {
            setAdding(false);
            void again();
          }}
        />
      ) : (
        <button type="button" className="btn btn-primary" onClick={() => setAdding(true)}>
          <Icon name="plus" small /> {say.new}
        </button>
      )}
      {ending === null ? null : (
        <Ask
          title={say.endTitle}
          confirm={say.end}
          onConfirm={async () => {
            await call('agreementEnd', { scopo, convenzione: ending });
            await again();
          }}
          onClose={() => setEnding(null)}
        >
          <p>{say.endText}</p>
        </Ask>
      )}
    </section>
  );
}

function AddBody() {
  const say = useWords(WORDS);
  const { language } = useLanguage();
  const codes = useCodes();
  const scopo = usePurpose(PURPOSE);
  const queries = useQueryClient();
  const [nome, setNome] = useState('');
  const [tipo, setTipo] = useState<Request<'bodyAdd'>['tipo'] | ''>('');
  const [comune, setComune] = useState('');
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (tipo === '') return;
    setError(null);
    try {
      await call('bodyAdd', { scopo, nome: nome.trim(), tipo, ...(tipo === 'comune' ? { comune } : {}) });
      setNome('');
      setTipo('');
      setComune('');
      await queries.invalidateQueries({ queryKey: ['bodyList'] });
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <details className="panel mt-3">
      <summary>{say.add}</summary>
      <form onSubmit={(event) => void submit(event)} className="mt-3">
        {error === null ? null : <Problem error={error} />}
        <div className="row-fields">
          <Field
            label={say.addName}
            value={nome}
            required
            maxLength={120}
            onChange={(event) => setNome(event.target.value)}
          />
          <Choice
            label={say.kind}
            value={tipo}
            required
            onChange={(event) => setTipo(event.target.value as Request<'bodyAdd'>['tipo'])}
          >
            <option value="">{say.choose}</option>
            {Object.entries(KINDS).map(([id, words]) => (
              <option key={id} value={id}>
                {words[language]}
              </option>
            ))}
          </Choice>
          {tipo === 'comune' ? (
            <Choice
              label={say.comune}
              value={comune}
              required
              onChange={(event) => setComune(event.target.value)}
            >
              <option value="">{say.choose}</option>
              {codes.comuni.map(({ codice, parole }) => (
                <option key={codice} value={codice}>
                  {parole}
                </option>
              ))}
            </Choice>
          ) : null}
        </div>
        <button type="submit" className="btn btn-primary">
          {say.save}
        </button>
      </form>
    </details>
  );
}
