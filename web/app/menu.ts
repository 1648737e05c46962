/** The tasks of the application: each is offered to whoever may do one of its operations. */
import type { IconName } from '../components/icon-names.ts';

export interface MenuItem {
  readonly to: string;
  readonly icon: IconName;
  readonly label: { readonly it: string; readonly en: string };
  readonly about: { readonly it: string; readonly en: string };
  /** Names of operations, as the rights have them. */
  readonly operations: readonly string[];
}

export const MENU: readonly MenuItem[] = [
  {
    to: '/cerca',
    icon: 'search',
    label: { it: 'Cerca', en: 'Search' },
    about: {
      it: 'Trova una persona, una famiglia, chi abita a un indirizzo.',
      en: 'Find a person, a family, who lives at an address.',
    },
    operations: ['personSearch'],
  },
  {
    to: '/indirizzo',
    icon: 'map-marker',
    label: { it: 'Indirizzi', en: 'Addresses' },
    about: {
      it: 'Chi abita, o abitava, a un indirizzo in un giorno o in un periodo.',
      en: 'Who lives, or lived, at an address on a day or in a period.',
    },
    operations: ['addressRead'],
  },
  {
    to: '/verifica',
    icon: 'check-circle',
    label: { it: 'Verifica', en: 'Verify' },
    about: {
      it: 'Controlla ciò che un cittadino ha dichiarato: confermato, non confermato, non determinabile.',
      en: 'Check what a citizen declared: confirmed, not confirmed, cannot be determined.',
    },
    operations: ['verify'],
  },
  {
    to: '/forniture',
    icon: 'upload',
    label: { it: 'Forniture', en: 'Supplies' },
    about: {
      it: 'Consegna le forniture del comune, segui il caricamento, leggi che cosa va sistemato.',
      en: 'Deliver the supplies of the comune, follow the loading, read what must be mended.',
    },
    operations: ['supplyList', 'uploadList', 'supplyUpload'],
  },
  {
    to: '/confronto',
    icon: 'exchange-circle',
    label: { it: 'Confronto', en: 'Compare' },
    about: {
      it: 'Trasferimenti a metà, dati che non combaciano, schede che forse sono la stessa persona.',
      en: 'Half transfers, data that do not match, entries that may be one person.',
    },
    operations: ['reconciliationList', 'linkageDecide'],
  },
  {
    to: '/popolazione',
    icon: 'chart-line',
    label: { it: 'Popolazione', en: 'Population' },
    about: {
      it: 'Quanti risiedono nella provincia e in ogni comune, per sesso ed età, in un giorno.',
      en: 'How many reside in the province and in each comune, by sex and age, on a day.',
    },
    operations: ['populationCount'],
  },
  {
    to: '/amministrazione',
    icon: 'settings',
    label: { it: 'Amministrazione', en: 'Administration' },
    about: {
      it: 'Enti, convenzioni, utenti, profili: chi può chiedere che cosa.',
      en: 'Bodies, agreements, users, profiles: who may ask what.',
    },
    operations: ['userManage', 'bodyManage', 'accessList'],
  },
  {
    to: '/chiavi-colleghi',
    icon: 'key',
    label: { it: 'Chiavi dei colleghi', en: 'Keys of colleagues' },
    about: {
      it: 'Dai chiavi nuove a un collega che le ha perse, dopo averlo riconosciuto di persona.',
      en: 'Give new keys to a colleague who lost them, recognised in person.',
    },
    operations: ['recoveryList'],
  },
  {
    to: '/controllo',
    icon: 'lock',
    label: { it: 'Controllo', en: 'Audit' },
    about: {
      it: 'Chi ha guardato che cosa e perché; anomalie; la prova che niente è stato cambiato.',
      en: 'Who looked at what and why; anomalies; the proof that nothing was changed.',
    },
    operations: ['auditSearch'],
  },
  {
    to: '/miei-dati',
    icon: 'user',
    label: { it: 'I miei dati', en: 'My data' },
    about: {
      it: 'Chi ha consultato i tuoi dati, quando e perché.',
      en: 'Who looked at your data, when and why.',
    },
    operations: ['ownAccesses'],
  },
];
