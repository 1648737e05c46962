/** Keys lost: asked for anew, compared with a colleague by a number, chosen with the code that the colleague hands over (security.md, 12). */
import { type FormEvent, useState } from 'react';
import { type Answer, call } from '../../api/client.ts';
import { useWords, words } from '../../app/language.tsx';
import { Page } from '../../app/Page.tsx';
import { Field } from '../../components/Field.tsx';
import { Notice, Problem } from '../../components/Notice.tsx';
import { Choose } from './FirstUse.tsx';

const WORDS = words({
  it: {
    title: 'Ho perso le mie chiavi',
    lead: 'Un collega del tuo ente, che ti conosce, ti fa dare chiavi nuove: mai per posta elettronica, mai per telefono.',
    signIn: 'Entra',
    user: 'Identificativo utente',
    userHint: 'Come sta nell’invito, per esempio U12',
    ask: 'Chiedi chiavi nuove',
    number: 'Il tuo numero è',
    now: 'Adesso',
    go: 'Vai dal collega che custodisce le chiavi del tuo ente e mostragli questo numero.',
    compare: 'Lui apre «Chiavi dei colleghi», confronta il numero, approva e ti dà un codice.',
    back: 'Torna a questa pagina e scrivilo qui sotto: il codice vale mezz’ora, la richiesta un giorno.',
    stay: 'Non chiudere questa finestra: senza di lei il codice non serve.',
    code: 'Codice del collega',
    codeHint: 'Per esempio 7KQ2M-XH4DT',
    next: 'Continua',
    anew: 'Chiedi di nuovo',
  },
  en: {
    title: 'I have lost my keys',
    lead: 'A colleague of your body, who knows you, gets you new keys: never by e-mail, never by telephone.',
    signIn: 'Sign in',
    user: 'User identifier',
    userHint: 'As written in the invitation, for example U12',
    ask: 'Ask for new keys',
    number: 'Your number is',
    now: 'Now',
    go: 'Go to the colleague who keeps the keys of your body and show this number.',
    compare: 'They open "Keys of colleagues", compare the number, approve and give you a code.',
    back: 'Come back to this page and write it below: the code holds half an hour, the request a day.',
    stay: 'Do not close this window: without it the code is of no use.',
    code: 'Code from the colleague',
    codeHint: 'For example 7KQ2M-XH4DT',
    next: 'Continue',
    anew: 'Ask again',
  },
});

type Asked = Answer<'recoveryAsk'>;
/** Half of the secret, for a reload: it names nobody, opens nothing without the colleague's code, and goes with the window. */
const KEPT = 'sipop-chiavi-perse';

function keptRequest(): Asked | null {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? 'null') as Asked | null;
  } catch {
    return null;
  }
}

export function LostKeys() {
  const say = useWords(WORDS);
  const [asked, setAsked] = useState(keptRequest);
  const [begun, setBegun] = useState<{ readonly invito: string; readonly keys: Answer<'invitationBegin'> }>();
  const keep = (request: Asked | null) => {
    if (request === null) sessionStorage.removeItem(KEPT);
    else sessionStorage.setItem(KEPT, JSON.stringify(request));
    setAsked(request);
  };
  return (
    <Page title={say.title} lead={say.lead} crumbs={[]}>
      {begun !== undefined ? (
        <Choose invito={begun.invito} begun={begun.keys} />
      ) : asked === null ? (
        <Asking onAsked={keep} />
      ) : (
        <WithCode
          asked={asked}
          onAnew={() => keep(null)}
          onBegun={(invito, keys) => {
            sessionStorage.removeItem(KEPT);
            setBegun({ invito, keys });
          }}
        />
      )}
    </Page>
  );
}

function Asking({ onAsked }: { readonly onAsked: (asked: Asked) => void }) {
  const say = useWords(WORDS);
  const [user, setUser] = useState('');
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setError(null);
    try {
      onAsked(await call('recoveryAsk', { utente: user.trim() }));
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="panel narrow">
      {error === null ? null : <Problem error={error} />}
      <Field
        label={say.user}
        hint={say.userHint}
        value={user}
        required
        maxLength={20}
        autoComplete="username"
        autoCapitalize="characters"
        onChange={(event) => setUser(event.target.value)}
      />
      <button type="submit" className="btn btn-primary">
        {say.ask}
      </button>
    </form>
  );
}

interface WithCodeProps {
  readonly asked: Asked;
  readonly onAnew: () => void;
  readonly onBegun: (invito: string, keys: Answer<'invitationBegin'>) => void;
}

function WithCode({ asked, onAnew, onBegun }: WithCodeProps) {
  const say = useWords(WORDS);
  const [code, setCode] = useState('');
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setError(null);
    const invito = `${asked.parola}.${code.trim().toUpperCase()}`;
    try {
      onBegun(invito, await call('invitationBegin', { invito }));
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <>
      <Notice>
        <p className="mb-0">
          {say.number} <strong className="code big-number">{asked.numero}</strong>
        </p>
      </Notice>
      <h2>{say.now}</h2>
      <ol>
        <li>{say.go}</li>
        <li>{say.compare}</li>
        <li>{say.back}</li>
      </ol>
      <p className="soft">{say.stay}</p>
      <form onSubmit={(event) => void submit(event)} className="panel narrow">
        {error === null ? null : <Problem error={error} />}
        <Field
          label={say.code}
          hint={say.codeHint}
          value={code}
          required
          maxLength={20}
          autoCapitalize="characters"
          onChange={(event) => setCode(event.target.value)}
        />
        <div className="actions mb-0">
          <button type="submit" className="btn btn-primary">
            {say.next}
          </button>
          <button type="button" className="btn btn-outline-primary" onClick={onAnew}>
            {say.anew}
          </button>
        </div>
      </form>
    </>
  );
}
