/** Where there is no page, and where one broke. */
import { Link, useRouteError } from 'react-router';
import { useWords, words } from './language.tsx';
import { Page } from './Page.tsx';

const WORDS = words({
  it: {
    none: 'Pagina non trovata',
    noneText: 'L’indirizzo non corrisponde a nessuna pagina.',
    home: 'Torna alla pagina iniziale',
    failed: 'La pagina non si è aperta',
    failedText:
      'Ricarica la pagina: ciò che avevi scritto è stato tenuto. Se continua, segnalalo a chi gestisce il servizio.',
    reload: 'Ricarica',
  },
  en: {
    none: 'Page not found',
    noneText: 'No page answers to this address.',
    home: 'Back to the first page',
    failed: 'The page did not open',
    failedText:
      'Load the page again: what you had typed has been kept. If it goes on, tell who runs the service.',
    reload: 'Load again',
  },
});

export function NotFound() {
  const say = useWords(WORDS);
  return (
    <Page title={say.none}>
      <p>{say.noneText}</p>
      <p>
        <Link to="/">{say.home}</Link>
      </p>
    </Page>
  );
}

export function PageFailed() {
  const say = useWords(WORDS);
  const error = useRouteError();
  console.error(error instanceof Error ? error.name : 'failed');
  return (
    <main className="container">
      <h1>{say.failed}</h1>
      <p>{say.failedText}</p>
      <button type="button" className="btn btn-primary" onClick={() => window.location.reload()}>
        {say.reload}
      </button>
    </main>
  );
}
