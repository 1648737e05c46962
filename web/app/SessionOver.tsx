/** The session ended under the page: one signs in again over it, and goes on. Nothing typed is lost. */
import { useEffect, useRef } from 'react';
import { SignInForm } from '../features/sign-in/SignIn.tsx';
import { useWords, words } from './language.tsx';
import { useSession } from './session.tsx';

const WORDS = words({
  it: {
    title: 'La sessione è finita',
    text: 'Per sicurezza la sessione si chiude dopo un quarto d’ora senza lavoro. Entra di nuovo: la pagina è rimasta com’era.',
  },
  en: {
    title: 'The session is over',
    text: 'For safety the session closes after a quarter of an hour without work. Sign in again: the page is as you left it.',
  },
});

export function SessionOver() {
  const say = useWords(WORDS);
  const { me } = useSession();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby="session-over" onCancel={(event) => event.preventDefault()}>
      <h2 id="session-over" className="mt-0">
        {say.title}
      </h2>
      <p>{say.text}</p>
      <SignInForm user={me?.utente.id ?? ''} />
    </dialog>
  );
}
