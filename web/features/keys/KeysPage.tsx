/** One's own keys: passkeys (made, named, taken away) and the password. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import { useWords, words } from '../../app/language.tsx';
import { Page } from '../../app/Page.tsx';
import { showMoment } from '../../components/dates.ts';
import { Field } from '../../components/Field.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Notice, Problem } from '../../components/Notice.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { givenUp, makePasskey, passkeysHere } from '../sign-in/passkeys.ts';

const WORDS = words({
  it: {
    title: 'Le mie chiavi',
    lead: 'Con che cosa entri. Tieni almeno due passkey: se una si perde, entri con l’altra.',
    passkeys: 'Passkey',
    none: 'Nessuna passkey ancora: creane una su questo dispositivo, è il modo più sicuro e più rapido di entrare.',
    name: 'Nome',
    made: 'Creata',
    used: 'Usata',
    never: 'mai',
    blocked: 'bloccata: ne è stata fatta una copia',
    remove: 'Togli',
    add: 'Crea una passkey qui',
    newName: 'Come la chiami',
    password: 'Cambia la password',
    now: 'Password attuale',
    next: 'Password nuova',
    change: 'Cambia',
    changed: 'Password cambiata. Le altre sessioni sono state chiuse.',
  },
  en: {
    title: 'My keys',
    lead: 'What you sign in with. Keep two passkeys at least: if one is lost you sign in with the other.',
    passkeys: 'Passkeys',
    none: 'No passkey yet: make one on this device, it is the safest and quickest way in.',
    name: 'Name',
    made: 'Made',
    used: 'Used',
    never: 'never',
    blocked: 'blocked: it was copied',
    remove: 'Take away',
    add: 'Make a passkey here',
    newName: 'What you call it',
    password: 'Change the password',
    now: 'Present password',
    next: 'New password',
    change: 'Change',
    changed: 'Password changed. Other sessions have been closed.',
  },
});

export function KeysPage() {
  const say = useWords(WORDS);
  return (
    <Page title={say.title} lead={say.lead} crumbs={[]}>
      <Passkeys />
      <Password />
    </Page>
  );
}

function Passkeys() {
  const say = useWords(WORDS);
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const list = useQuery({ queryKey: ['passkeyList'], queryFn: () => call('passkeyList', {}) });
  const again = () => queries.invalidateQueries({ queryKey: ['passkeyList'] });
  const add = useMutation({
    mutationFn: async () => {
      const { opzioni } = await call('passkeyBegin', {});
      const risposta = await makePasskey(opzioni);
      return call('passkeyConfirm', { nome: name.trim() || 'passkey', risposta });
    },
    onSuccess: () => {
      setName('');
      return again();
    },
  });
  const remove = useMutation({ mutationFn: (id: string) => call('passkeyRemove', { id }), onSuccess: again });
  const error = list.error ?? remove.error ?? (add.error && !givenUp(add.error) ? add.error : null);
  return (
    <section className="panel">
      <h2 className="mt-0">{say.passkeys}</h2>
      {error ? <Problem error={error} /> : null}
      {list.data === undefined ? (
        <Waiting />
      ) : list.data.passkey.length === 0 ? (
        <Notice>{say.none}</Notice>
      ) : (
        <table className="list stacked">
          <thead>
            <tr>
              <th scope="col">{say.name}</th>
              <th scope="col">{say.made}</th>
              <th scope="col">{say.used}</th>
              <th scope="col">
                <span className="sr">{say.remove}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {list.data.passkey.map((key) => (
              <tr key={key.id}>
                <th scope="row">
                  {key.nome}
                  {key.bloccata ? <span className="flag grave ms-2">{say.blocked}</span> : null}
                </th>
                <td data-label={say.made}>{showMoment(key.creata)}</td>
                <td data-label={say.used}>{key.usata === null ? say.never : showMoment(key.usata)}</td>
                <td>
                  <button
                    type="button"
                    className="btn btn-sm btn-outline-danger"
                    onClick={() => remove.mutate(key.id)}
                  >
                    {say.remove} <span className="sr">{key.nome}</span>
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {passkeysHere() ? (
        <form
          className="narrow mt-3"
          onSubmit={(event) => {
            event.preventDefault();
            add.mutate();
          }}
        >
          <Field
            label={say.newName}
            value={name}
            maxLength={60}
            onChange={(event) => setName(event.target.value)}
          />
          <button type="submit" className="btn btn-primary" disabled={add.isPending}>
            <Icon name="key" small /> {say.add}
          </button>
        </form>
      ) : null}
    </section>
  );
}

function Password() {
  const say = useWords(WORDS);
  const [now, setNow] = useState('');
  const [next, setNext] = useState('');
  const change = useMutation({
    mutationFn: () => call('passwordChange', { attuale: now, nuova: next }),
    onSuccess: () => {
      setNow('');
      setNext('');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate();
  };
  return (
    <form className="panel narrow" onSubmit={submit}>
      <h2 className="mt-0">{say.password}</h2>
      {change.error ? <Problem error={change.error} /> : null}
      {change.isSuccess ? <Notice kind="done">{say.changed}</Notice> : null}
      <Field
        label={say.now}
        type="password"
        autoComplete="current-password"
        value={now}
        required
        maxLength={256}
        onChange={(event) => setNow(event.target.value)}
      />
      <Field
        label={say.next}
        type="password"
        autoComplete="new-password"
        value={next}
        required
        maxLength={256}
        onChange={(event) => setNext(event.target.value)}
      />
      <button type="submit" className="btn btn-primary" disabled={change.isPending}>
        {say.change}
      </button>
    </form>
  );
}
