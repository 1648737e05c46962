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
    none: 'Nessun profilo ti è ancora stato assegnato. Chiedi a chi amministra gli accessi del tuo ente di assegnartene uno: qui compariranno i tuoi compiti.',
    elsewhere:
      'Il tuo profilo non ha compiti in queste pagine: le sue operazioni si usano dai programmi collegati (API) o da riga di comando. Le tue chiavi si vedono premendo il tuo nome in alto.',
    factor: 'Senza il secondo fattore i dati delle persone non si aprono: attivalo prima di cominciare.',
  },
  en: {
    title: 'What do you need to do?',
    profile: (names: string) => `Profile: ${names}.`,
    none: 'No profile has been given to you yet. Ask whoever administers the accesses of your body for one: your tasks will appear here.',
    elsewhere:
      'Your profile has no tasks in these pages: its operations are used from connected programs (API) or from the command line. You see your keys by pressing your name at the top.',
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
      {shown.length === 0 ? <Notice>{profiles === '' ? say.none : say.elsewhere}</Notice> : null}
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
