/** What is told beside the work: a note, a warning, an error that says what to do. Errors are read out at once. */
import type { ReactNode } from 'react';
import { ApiProblem } from '../api/client.ts';
import { useWords, words } from '../app/language.tsx';

type Kind = 'note' | 'warning' | 'error' | 'done';

export function Notice({ kind = 'note', children }: { readonly kind?: Kind; readonly children: ReactNode }) {
  return (
    <div className={`notice ${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      {children}
    </div>
  );
}

const WORDS = words({
  it: {
    unreachable:
      'Il servizio non è raggiungibile. Ciò che hai scritto è rimasto: controlla la rete e riprova.',
    number: 'Numero da citare in una segnalazione:',
    unknown: 'Qualcosa non ha funzionato in questa pagina. Riprova; se continua, segnalalo.',
  },
  en: {
    unreachable:
      'The service cannot be reached. What you typed is still here: check the network and try again.',
    number: 'Number to quote in a report:',
    unknown: 'Something went wrong on this page. Try again; if it goes on, report it.',
  },
});

/** A refusal in the server's own words, which say what to do. */
export function Problem({ error }: { readonly error: unknown }) {
  const say = useWords(WORDS);
  if (!(error instanceof ApiProblem))
    return (
      <Notice kind="error">
        <p>{say.unknown}</p>
      </Notice>
    );
  if (error.code === 'unreachable')
    return (
      <Notice kind="error">
        <p>{say.unreachable}</p>
      </Notice>
    );
  const detail = error.detail === '' ? say.unknown : error.detail;
  return (
    <Notice kind={error.status === 404 ? 'warning' : 'error'}>
      <p>
        <strong>{error.title}</strong>
        {error.title === '' ? '' : ': '}
        {detail}
      </p>
      {error.errors.length === 0 ? null : (
        <ul>
          {error.errors.map(({ pointer, detail: why }) => (
            <li key={`${pointer} ${why}`}>
              <span className="code">{pointer.replace(/^\//, '').replaceAll('/', ' · ')}</span> {why}
            </li>
          ))}
        </ul>
      )}
      {error.status >= 500 && error.correlationId !== '' ? (
        <p className="soft">
          {say.number} <span className="code">{error.correlationId}</span>
        </p>
      ) : null}
    </Notice>
  );
}
