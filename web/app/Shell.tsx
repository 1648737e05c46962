/** What is around every page: who works here, the menu of what they may do, the task, the language, the statements at the foot. */
import { Suspense } from 'react';
import { Link, NavLink, Outlet, ScrollRestoration, useLocation } from 'react-router';
import { showMoment } from '../components/dates.ts';
import { Icon } from '../components/Icon.tsx';
import { Waiting } from '../components/Waiting.tsx';
import { SignIn } from '../features/sign-in/SignIn.tsx';
import icon from './icon.svg';
import { useLanguage, useWords, words } from './language.tsx';
import { MENU } from './menu.ts';
import { SessionOver } from './SessionOver.tsx';
import { useSession } from './session.tsx';
import { TaskBar } from './TaskBar.tsx';

const WORDS = words({
  it: {
    skip: 'Vai al contenuto',
    name: 'Sistema informativo della popolazione provinciale',
    language: 'English',
    out: 'Esci',
    last: (when: string, from: string) => `Ultimo accesso: ${when} da ${from}`,
    first: 'Primo accesso',
    menu: 'Menu principale',
    manual: 'Manuale',
    accessibility: 'Dichiarazione di accessibilità',
    privacy: 'Informativa sulla riservatezza',
  },
  en: {
    skip: 'Skip to the content',
    name: 'Provincial population register',
    language: 'Italiano',
    out: 'Sign out',
    last: (when: string, from: string) => `Last access: ${when} from ${from}`,
    first: 'First access',
    menu: 'Main menu',
    manual: 'Manual',
    accessibility: 'Accessibility statement',
    privacy: 'Privacy statement',
  },
});

/** Pages that need no key. */
const OPEN_PAGES: ReadonlySet<string> = new Set([
  '/accessibilita',
  '/riservatezza',
  '/ricevute',
  '/invito',
  '/chiavi-perse',
  '/manuale',
]);

export function Shell() {
  const say = useWords(WORDS);
  const { language, choose } = useLanguage();
  const { me, over } = useSession();
  const open = OPEN_PAGES.has(useLocation().pathname);
  return (
    <>
      <a className="visually-hidden-focusable" href="#main">
        {say.skip}
      </a>
      <header className="head">
        <div className="head-slim">
          <div className="container">
            <span>{me?.ente.nome ?? say.name}</span>
            <span className="grow" />
            {me ? <Who /> : null}
            <button
              type="button"
              className="link"
              lang={language === 'it' ? 'en' : 'it'}
              onClick={() => choose(language === 'it' ? 'en' : 'it')}
            >
              {say.language}
            </button>
          </div>
        </div>
        <div className="head-main">
          <div className="container">
            <Link className="brand" to="/">
              <img src={icon} alt="" width="32" height="32" />
              SIPOP
            </Link>
            <span className="grow d-none d-md-inline">{say.name}</span>
          </div>
        </div>
      </header>
      {me ? <Menu /> : null}
      {me ? <TaskBar /> : null}
      <Suspense fallback={<Waiting />}>
        {open ? (
          <Outlet />
        ) : me === undefined ? (
          <main id="main" className="container">
            <Waiting />
          </main>
        ) : me === null ? (
          <SignIn />
        ) : (
          <Outlet />
        )}
      </Suspense>
      {over ? <SessionOver /> : null}
      <footer className="foot">
        <div className="container">
          <Link to="/manuale">{say.manual}</Link>
          <Link to="/accessibilita">{say.accessibility}</Link>
          <Link to="/riservatezza">{say.privacy}</Link>
        </div>
      </footer>
      <ScrollRestoration />
    </>
  );
}

function Who() {
  const say = useWords(WORDS);
  const { me, lastAccess, signOut } = useSession();
  if (!me) return null;
  return (
    <>
      <Link to="/chiavi">
        <Icon name="user" small /> {me.utente.nome}
      </Link>
      {lastAccess === null ? null : <span>{say.last(showMoment(lastAccess.quando), lastAccess.da)}</span>}
      <button type="button" className="link" onClick={() => void signOut()}>
        <Icon name="logout" small /> {say.out}
      </button>
    </>
  );
}

function Menu() {
  const say = useWords(WORDS);
  const { language } = useLanguage();
  const { can } = useSession();
  const shown = MENU.filter(({ operations }) => operations.some(can));
  return (
    <nav className="menu" aria-label={say.menu}>
      <div className="container">
        <ul>
          {shown.map(({ to, label }) => (
            <li key={to}>
              <NavLink to={to}>{label[language]}</NavLink>
            </li>
          ))}
        </ul>
      </div>
    </nav>
  );
}
