/** The first page after signing in: the tasks of whoever is there, in a sentence each. */
import { Link } from 'react-router';
import { useLanguage, useWords, words } from '../../app/language.tsx';
import { MENU } from '../../app/menu.ts';
import { Page } from '../../app/Page.tsx';
import { useSession } from '../../app/session.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Notice } from '../../components/Notice.tsx';
import { FirstSteps } from './FirstSteps.tsx';

const WORDS = words({
  it: {
    title: 'Che cosa devi fare?',
    profile: (names: string) => `Profilo: ${names}.`,
    none: 'Nessun compito è ancora abilitato per questo utente. Chiedi all’amministratore del tuo ente di assegnarti un profilo.',
    factor: 'Senza il secondo fattore i dati delle persone non si aprono: attivalo prima di cominciare.',
  },
  en: {
    title: 'What do you need to do?',
    profile: (names: string) => `Profile: ${names}.`,
    none: 'No task is enabled yet for this user. Ask the administrator of your body to give you a profile.',
    factor: 'Without the second factor the data of persons do not open: set it up before you begin.',
  },
});

export function Home() {
  const say = useWords(WORDS);
  const { language } = useLanguage();
  const { me, can } = useSession();
  const shown = MENU.filter(({ operations }) => operations.some(can));
  const profiles = me?.profili.map((p) => p[language]).join(', ') ?? '';
  return (
    <Page title={say.title} lead={profiles === '' ? undefined : say.profile(profiles)}>
      {me?.secondo_fattore === false ? <Notice kind="warning">{say.factor}</Notice> : null}
      {shown.length === 0 ? <Notice>{say.none}</Notice> : null}
      <FirstSteps />
      <div className="row-fields">
        {shown.map(({ to, icon, label, about }) => (
          <div className="panel" key={to}>
            <h2 className="mt-0">
              <Icon name={icon} /> <Link to={to}>{label[language]}</Link>
            </h2>
            <p>{about[language]}</p>
          </div>
        ))}
      </div>
    </Page>
  );
}
