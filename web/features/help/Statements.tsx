/** The statements at the foot: accessibility (L. 4/2004) and privacy (GDPR art. 13). */
import { useWords, words } from '../../app/language.tsx';
import { Page } from '../../app/Page.tsx';

const WORDS = words({
  it: {
    accessibility: 'Dichiarazione di accessibilità',
    a1: 'Queste pagine seguono le WCAG 2.1, livello AA (L. 4/2004; linee guida AgID): si usano per intero da tastiera, con i lettori di schermo, ingrandite al 200 per cento e su uno schermo stretto.',
    a2: 'Ogni pagina è provata in automatico in entrambe le lingue. Chi trova un ostacolo lo segnala a chi gestisce il servizio, che risponde entro trenta giorni; in mancanza ci si rivolge al difensore civico per il digitale.',
    privacy: 'Informativa sulla riservatezza',
    p1: 'Il servizio tratta i dati anagrafici per i compiti di legge degli enti convenzionati (DPR 223/1989; DPR 445/2000 art. 43, 71; GDPR art. 6.1 e).',
    p2: 'Di ogni interrogazione restano chi l’ha fatta, quando, da dove, per quale scopo e pratica, e su chi. Ciascuno può chiedere l’elenco di chi ha consultato i propri dati.',
    p3: 'Nessun dato di persone sta negli indirizzi delle pagine, nei titoli o nella memoria del browser. L’unico cookie è quello della sessione.',
  },
  en: {
    accessibility: 'Accessibility statement',
    a1: 'These pages follow WCAG 2.1, level AA (Law 4/2004; AgID guidelines): they are used wholly by keyboard, with screen readers, enlarged to 200 per cent and on a narrow screen.',
    a2: 'Every page is tried automatically in both languages. Who finds an obstacle tells whoever runs the service, who answers within thirty days; failing that, the digital ombudsman.',
    privacy: 'Privacy statement',
    p1: 'The service handles register data for the legal tasks of the bodies under agreement (DPR 223/1989; DPR 445/2000 art. 43, 71; GDPR art. 6.1 e).',
    p2: 'Of every question there remain who asked it, when, from where, for what purpose and file, and about whom. Everybody may ask for the list of who looked at their data.',
    p3: 'No data of persons are in the addresses of pages, in titles or in the browser’s storage. The only cookie is that of the session.',
  },
});

export function AccessibilityStatement() {
  const say = useWords(WORDS);
  return (
    <Page title={say.accessibility} crumbs={[]}>
      <p>{say.a1}</p>
      <p>{say.a2}</p>
    </Page>
  );
}

export function PrivacyStatement() {
  const say = useWords(WORDS);
  return (
    <Page title={say.privacy} crumbs={[]}>
      <p>{say.p1}</p>
      <p>{say.p2}</p>
      <p>{say.p3}</p>
    </Page>
  );
}
