/** The first use of an account: the word of the invitation, then a passkey, or a password with the app of codes (security.md, 7-10). */
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { type Answer, call, type Request } from '../../api/client.ts';
import { useWords, words } from '../../app/language.tsx';
import { Page } from '../../app/Page.tsx';
import { useSession } from '../../app/session.tsx';
import { Field } from '../../components/Field.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Problem } from '../../components/Notice.tsx';
import { QrCode } from '../../components/QrCode.tsx';
import { givenUp, makePasskey, passkeysHere } from './passkeys.ts';

const WORDS = words({
  it: {
    title: 'Il primo accesso',
    lead: 'Con la parola dell’invito scegli le tue chiavi. L’invito vale una volta e per pochi giorni.',
    word: 'Parola dell’invito',
    wordHint: 'Te l’ha consegnata chi amministra gli accessi del tuo ente',
    go: 'Continua',
    hello: (user: string) => `Sei ${user}: da adesso questo è il tuo identificativo.`,
    passkeyTitle: 'Con una passkey (consigliato)',
    passkeyText:
      'Il dispositivo ti riconosce con l’impronta, il volto o il suo PIN: niente da ricordare e niente da copiare.',
    passkeyName: 'Nome della passkey',
    passkeyNameHint: 'Per riconoscerla: «computer dell’ufficio»',
    passkeyMake: 'Crea la passkey ed entra',
    passwordTitle: 'Con password e codice',
    scan: 'Inquadra con l’app dei codici, oppure scrivi a mano il segreto:',
    password: 'Password nuova',
    passwordHint: 'Almeno 8 caratteri; non il tuo nome né una parola comune',
    code: 'Primo codice dell’app',
    enter: 'Conferma ed entra',
  },
  en: {
    title: 'The first access',
    lead: 'With the word of the invitation you choose your keys. The invitation holds once and for a few days.',
    word: 'Word of the invitation',
    wordHint: 'Handed over by who administers the accesses of your body',
    go: 'Continue',
    hello: (user: string) => `You are ${user}: from now on this is your identifier.`,
    passkeyTitle: 'With a passkey (advised)',
    passkeyText:
      'The device knows you by fingerprint, face or its PIN: nothing to remember and nothing to copy.',
    passkeyName: 'Name of the passkey',
    passkeyNameHint: 'To tell it apart: "office computer"',
    passkeyMake: 'Make the passkey and sign in',
    passwordTitle: 'With password and code',
    scan: 'Point the app of codes at it, or type the secret by hand:',
    password: 'New password',
    passwordHint: 'Eight characters at least; not your name nor a common word',
    code: 'First code of the app',
    enter: 'Confirm and sign in',
  },
});

export function FirstUse() {
  const say = useWords(WORDS);
  const [word, setWord] = useState('');
  const [begun, setBegun] = useState<Answer<'invitationBegin'> | null>(null);
  const [error, setError] = useState<unknown>(null);
  const begin = async (event: FormEvent) => {
    event.preventDefault();
    setError(null);
    try {
      setBegun(await call('invitationBegin', { invito: word.trim() }));
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <Page title={say.title} lead={say.lead}>
      {error === null ? null : <Problem error={error} />}
      {begun === null ? (
        <form onSubmit={(event) => void begin(event)} className="panel narrow">
          <Field
            label={say.word}
            hint={say.wordHint}
            value={word}
            required
            autoFocus
            maxLength={200}
            onChange={(event) => setWord(event.target.value)}
          />
          <button type="submit" className="btn btn-primary">
            {say.go}
          </button>
        </form>
      ) : (
        <Choose invito={word.trim()} begun={begun} />
      )}
    </Page>
  );
}

/** The keys, chosen with an invitation that was begun. */
export function Choose({
  invito,
  begun,
}: {
  readonly invito: string;
  readonly begun: Answer<'invitationBegin'>;
}) {
  const say = useWords(WORDS);
  const { signedIn } = useSession();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [error, setError] = useState<unknown>(null);
  const accept = async (keys: () => Promise<Omit<Request<'invitationAccept'>, 'invito'>>) => {
    setError(null);
    try {
      const opened = await call('invitationAccept', { invito, ...(await keys()) });
      await signedIn(opened.csrf, opened.ultimo_accesso);
      await navigate('/');
    } catch (problem) {
      if (!givenUp(problem)) setError(problem);
    }
  };
  return (
    <>
      <p>
        <strong>{say.hello(begun.utente)}</strong>
      </p>
      {error === null ? null : <Problem error={error} />}
      {begun.passkey !== null && passkeysHere() ? (
        <form
          className="panel narrow"
          onSubmit={(event) => {
            event.preventDefault();
            const { passkey } = begun;
            if (passkey !== null)
              void accept(async () => ({
                passkey: { nome: name.trim() || 'passkey', risposta: await makePasskey(passkey) },
              }));
          }}
        >
          <h2 className="mt-0">{say.passkeyTitle}</h2>
          <p>{say.passkeyText}</p>
          <Field
            label={say.passkeyName}
            hint={say.passkeyNameHint}
            value={name}
            maxLength={60}
            onChange={(event) => setName(event.target.value)}
          />
          <button type="submit" className="btn btn-primary">
            <Icon name="key" small /> {say.passkeyMake}
          </button>
        </form>
      ) : null}
      <form
        className="panel narrow"
        onSubmit={(event) => {
          event.preventDefault();
          void accept(async () => ({ password, codice: code.replace(/\s/g, '') }));
        }}
      >
        <h2 className="mt-0">{say.passwordTitle}</h2>
        <p>{say.scan}</p>
        <QrCode text={begun.indirizzo} />
        <p className="code">{begun.segreto}</p>
        <Field
          label={say.password}
          hint={say.passwordHint}
          type="password"
          autoComplete="new-password"
          value={password}
          required
          maxLength={256}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Field
          label={say.code}
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="\s*\d{3}\s*\d{3}\s*"
          value={code}
          required
          maxLength={9}
          onChange={(event) => setCode(event.target.value)}
        />
        <button type="submit" className="btn btn-primary">
          {say.enter}
        </button>
      </form>
    </>
  );
}
