/** The way back from a sign-in elsewhere (SPID, CIE behind their proxy): what came in the address is used once and taken out of it. */
import { useEffect, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { call } from '../../api/client.ts';
import { useWords, words } from '../../app/language.tsx';
import { Page } from '../../app/Page.tsx';
import { useSession } from '../../app/session.tsx';
import { Problem } from '../../components/Notice.tsx';
import { Waiting } from '../../components/Waiting.tsx';

const WORDS = words({
  it: { title: 'Accesso in corso', again: 'Torna all’accesso' },
  en: { title: 'Signing in', again: 'Back to sign-in' },
});

export function OidcReturn() {
  const say = useWords(WORDS);
  const { signedIn } = useSession();
  const navigate = useNavigate();
  const [error, setError] = useState<unknown>(null);
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    const given = new URLSearchParams(window.location.search);
    window.history.replaceState(window.history.state, '', window.location.pathname);
    const iss = given.get('iss');
    call('sessionOpenByOidc', {
      state: given.get('state') ?? '',
      code: given.get('code') ?? '',
      ...(iss === null ? {} : { iss }),
    })
      .then(async (opened) => {
        await signedIn(opened.csrf, opened.ultimo_accesso);
        await navigate('/', { replace: true });
      })
      .catch(setError);
  }, [signedIn, navigate]);
  return (
    <Page title={say.title}>
      {error === null ? (
        <Waiting />
      ) : (
        <>
          <Problem error={error} />
          <Link to="/">{say.again}</Link>
        </>
      )}
    </Page>
  );
}
