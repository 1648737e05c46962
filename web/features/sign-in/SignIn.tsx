/** Sign-in: by a passkey of the device, or by password and second factor. */
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { call } from '../../api/client.ts';
import { useWords, words } from '../../app/language.tsx';
import { Page } from '../../app/Page.tsx';
import { type LastAccess, useSession } from '../../app/session.tsx';
import { Field } from '../../components/Field.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Problem } from '../../components/Notice.tsx';
import { givenUp, passkeysHere, signInByPasskey } from './passkeys.ts';

const WORDS = words({
  it: {
    title: 'Entra',
    lead: 'Servizio riservato agli operatori abilitati dalla convenzione. Ogni accesso è registrato.',
    user: 'Identificativo utente',
    userHint: 'Come scritto nell’invito, per esempio U12',
    password: 'Password',
    code: 'Codice di sei cifre',
    codeHint: 'Dall’app dei codici; lascia vuoto se non l’hai ancora',
    enter: 'Entra',
    entering: 'Un momento…',
    passkey: 'Entra con la passkey',
    or: 'oppure',
    provider: (name: string) => `Entra con ${name}`,
    certificate: 'Entra con il certificato della carta (CNS)',
    invited: 'Hai ricevuto un invito? Comincia da qui',
    lost: 'Ho perso le mie chiavi',
    receipt: 'Controlla una ricevuta',
  },
  en: {
    title: 'Sign in',
    lead: 'For operators enabled by the agreement alone. Every access is recorded.',
    user: 'User identifier',
    userHint: 'As written in the invitation, for example U12',
    password: 'Password',
    code: 'Six-digit code',
    codeHint: 'From the app of codes; leave empty if you have none yet',
    enter: 'Sign in',
    entering: 'One moment…',
    passkey: 'Sign in with the passkey',
    or: 'or',
    provider: (name: string) => `Sign in with ${name}`,
    certificate: 'Sign in with the certificate of the card (CNS)',
    invited: 'Have you been invited? Begin here',
    lost: 'I have lost my keys',
    receipt: 'Check a receipt',
  },
});

export function SignIn() {
  const say = useWords(WORDS);
  return (
    <Page title={say.title} lead={say.lead} focusElsewhere>
      <div className="panel" style={{ maxWidth: '28rem' }}>
        <SignInForm user="" />
      </div>
      <p>
        <Link to="/invito">{say.invited}</Link>
      </p>
      <p>
        <Link to="/chiavi-perse">{say.lost}</Link>
      </p>
      <p>
        <Link to="/ricevute">{say.receipt}</Link>
      </p>
    </Page>
  );
}

export function SignInForm({ user }: { readonly user: string }) {
  const say = useWords(WORDS);
  const { signedIn } = useSession();
  const [utente, setUtente] = useState(user);
  const [password, setPassword] = useState('');
  const [codice, setCodice] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const passkey = async () => {
    setBusy(true);
    setError(null);
    try {
      const opened = await signInByPasskey();
      await signedIn(opened.csrf, opened.ultimo_accesso);
    } catch (problem) {
      if (!givenUp(problem)) setError(problem);
    } finally {
      setBusy(false);
    }
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const digits = codice.replace(/\s/g, '');
      const opened = await call('sessionOpen', {
        utente,
        password,
        ...(digits === '' ? {} : { codice: digits }),
      });
      setPassword('');
      await signedIn(opened.csrf, opened.ultimo_accesso);
    } catch (problem) {
      setCodice('');
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit}>
      {error === null ? null : <Problem error={error} />}
      <OtherWays onOpened={signedIn} onError={setError} />
      {passkeysHere() ? (
        <>
          <button
            type="button"
            className="btn btn-outline-primary w-100"
            disabled={busy}
            onClick={() => void passkey()}
          >
            <Icon name="key" small /> {say.passkey}
          </button>
          <p className="soft text-center my-2">{say.or}</p>
        </>
      ) : null}
      <Field
        label={say.user}
        hint={say.userHint}
        value={utente}
        onChange={(event) => setUtente(event.target.value)}
        autoComplete="username"
        autoCapitalize="characters"
        maxLength={20}
        required
        autoFocus={user === ''}
      />
      <Field
        label={say.password}
        type="password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        autoComplete="current-password"
        maxLength={256}
        required
        autoFocus={user !== ''}
      />
      <Field
        label={say.code}
        hint={say.codeHint}
        value={codice}
        onChange={(event) => setCodice(event.target.value)}
        autoComplete="one-time-code"
        inputMode="numeric"
        pattern="\s*\d{3}\s*\d{3}\s*"
        maxLength={9}
      />
      <button type="submit" className="btn btn-primary" disabled={busy}>
        {busy ? say.entering : say.enter}
      </button>
    </form>
  );
}

interface OtherWaysProps {
  readonly onOpened: (csrf: string, lastAccess: LastAccess) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** What this installation offers beside: a card's certificate, providers of identity (SPID, CIE). */
function OtherWays({ onOpened, onError }: OtherWaysProps) {
  const say = useWords(WORDS);
  const ways = useQuery({
    queryKey: ['sessionWays'],
    queryFn: () => call('sessionWays', undefined),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (ways.data === undefined) return null;
  const act = async (doing: () => Promise<void>) => {
    try {
      await doing();
    } catch (problem) {
      onError(problem);
    }
  };
  return (
    <>
      {ways.data.fornitori.map(({ id, nome }) => (
        <button
          key={id}
          type="button"
          className="btn btn-outline-primary w-100 mb-2"
          onClick={() =>
            void act(async () => {
              const { indirizzo } = await call('oidcBegin', { fornitore: id });
              window.location.assign(indirizzo);
            })
          }
        >
          {say.provider(nome)}
        </button>
      ))}
      {ways.data.certificato ? (
        <button
          type="button"
          className="btn btn-outline-primary w-100 mb-2"
          onClick={() =>
            void act(async () => {
              const opened = await call('sessionOpenByCertificate', {});
              await onOpened(opened.csrf, opened.ultimo_accesso);
            })
          }
        >
          {say.certificate}
        </button>
      ) : null}
    </>
  );
}
