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
    invalid:
      'Il servizio non ha potuto leggere ciò che è scritto nel modulo: controlla che i campi necessari ci siano e siano scritti come indicato, poi riprova.',
    fields: 'Campi da controllare (per chi dà assistenza)',
    unknown: 'Qualcosa non ha funzionato in questa pagina. Riprova; se continua, segnalalo.',
  },
  en: {
    unreachable:
      'The service cannot be reached. What you typed is still here: check the network and try again.',
    number: 'Number to quote in a report:',
    invalid:
      'The service could not read what is in the form: check that the fields needed are there and written as told, then try again.',
    fields: 'Fields to be checked (for whoever gives support)',
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
  // The list of the schema speaks to programs: people are told what to do, and whoever helps them finds it below.
  const schema = error.errors.length > 0;
  const detail = schema ? say.invalid : error.detail === '' ? say.unknown : error.detail;
  return (
    <Notice kind={error.status === 404 ? 'warning' : 'error'}>
      <p>
        <strong>{error.title}</strong>
        {error.title === '' ? '' : ': '}
        {detail}
      </p>
      {schema ? (
        <details open={error.errors.some(({ detail: why }) => !/^(Invalid|Too|Unrecognized)/.test(why))}>
          <summary>{say.fields}</summary>
          <ul>
            {error.errors.map(({ pointer, detail: why }) => (
              <li key={`${pointer} ${why}`}>
                <span className="code">{pointer.replace(/^\//, '').replaceAll('/', ' · ')}</span> {why}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {error.status >= 500 && error.correlationId !== '' ? (
        <p className="soft">
          {say.number} <span className="code">{error.correlationId}</span>
        </p>
      ) : null}
    </Notice>
  );
}
