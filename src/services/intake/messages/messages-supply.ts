/** Findings that refuse a whole supply (gravità B), and warnings about it as a whole. Source: tracciato.md 1 and 4. */
import { MANIFEST } from '../rows/file-specs.ts';
import {
  because,
  becauseEn,
  type MessageDetail,
  type MessageRule,
  other,
  quoted,
  type Words,
} from './message-rule.ts';

const byManifest = (p: MessageDetail): boolean => p.file === '' || p.file === MANIFEST;

/** Where the code of the comune is said, by what came. */
function whereComune(p: MessageDetail): Words {
  if (p.campo === 'codMittente') return ['in codMittente', 'in codMittente'];
  if (byManifest(p)) return ['nel manifesto e nel nome del file', 'in the manifest and in the file name'];
  return ['indicato con la fornitura', 'given with the supply'];
}

/** A total of the manifest, or of a subentro's head, that is not what the file holds. */
function total(it: string, en: string): MessageRule {
  return {
    gravita: 'B',
    it: (p) =>
      byManifest(p)
        ? `Quadratura, ${it}: il manifesto ne dichiara ${p.valore || 'nessun numero'}, nei file sono ${p.atteso}. Rigenerare la fornitura: i file e fornitura.json devono venire dalla stessa estrazione.`
        : p.altro === 'mappatura'
          ? `Quadratura, ${it}: ${p.campo} di ${p.file} ne dichiara ${p.valore || 'nessun numero'}, nei file sono ${p.atteso}. Rigenerare l’esportazione: totali e righe devono venire dalla stessa estrazione.`
          : `Quadratura, ${it}: ${p.campo} di ${p.file} ne dichiara ${p.valore || 'nessun numero'}, le schede sono ${p.atteso}. Rigenerare il subentro: totali e schede devono venire dalla stessa estrazione.`,
    en: (p) =>
      byManifest(p)
        ? `Totals, ${en}: the manifest declares ${p.valore || 'no number'}, the files hold ${p.atteso}. Generate the supply again: the files and fornitura.json must come of the same extraction.`
        : p.altro === 'mappatura'
          ? `Totals, ${en}: ${p.campo} of ${p.file} declares ${p.valore || 'no number'}, the files hold ${p.atteso}. Export again: totals and rows must come of the same extraction.`
          : `Totals, ${en}: ${p.campo} of ${p.file} declares ${p.valore || 'no number'}, the cards are ${p.atteso}. Generate the subentro again: totals and cards must come of the same extraction.`,
  };
}

/** At the third door the mapping stands for the manifest. */
const isMapping = (p: MessageDetail): boolean => /\.ya?ml$/i.test(p.file);
/** Is the finding of a subentro? */
const ofXml = (p: MessageDetail): boolean =>
  ['totaleInvii', 'progressivoInvio'].includes(p.campo) || /\.xml$/i.test(p.file);

const where = (p: MessageDetail): string => (p.riga === '' ? p.file : `${p.file}, riga ${p.riga}`);
const whereEn = (p: MessageDetail): string => (p.riga === '' ? p.file : `${p.file}, row ${p.riga}`);

export const SUPPLY_MESSAGES = {
  'SIP-001': {
    gravita: 'B',
    it: (p) =>
      `L'archivio non si può aprire o non è sicuro: ${because(p, 'non è uno ZIP valido')}. Ricreare lo ZIP con i soli file della fornitura, senza cartelle, senza password, e inviarlo con lo stesso progressivo.`,
    en: (p) =>
      `The archive cannot be opened, or is not safe: ${becauseEn(p, 'it is not a valid ZIP')}. Make the ZIP again with the files of the supply alone, no folders, no password, and send it under the same progressivo.`,
  },
  'SIP-002': {
    gravita: 'B',
    it: (p) =>
      `${isMapping(p) ? `La mappatura ${p.file}` : 'Il manifesto fornitura.json'} ${because(p, 'manca o non è valido')}${p.campo === '' ? '' : ` (chiave ${p.campo}${p.valore === '' ? '' : `: ${quoted(p.valore)}`})`}. ${isMapping(p) ? 'Correggerla e inviare di nuovo con lo stesso progressivo.' : 'Correggerlo e inviare di nuovo con lo stesso progressivo; il nome del file è SIPOP_<comune>_<progressivo>_<COMPLETA|VARIAZIONI>.zip.'}`,
    en: (p) =>
      `${isMapping(p) ? `The mapping ${p.file}` : 'The manifest fornitura.json'} ${becauseEn(p, 'is missing or not valid')}${p.campo === '' ? '' : ` (key ${p.campo}${p.valore === '' ? '' : `: ${quoted(p.valore)}`})`}. Mend it and send again under the same progressivo${isMapping(p) ? '' : '; the file is named SIPOP_<comune>_<progressivo>_<COMPLETA|VARIAZIONI>.zip'}.`,
  },
  'SIP-003': {
    gravita: 'B',
    it: (p) =>
      `Versione del tracciato ${quoted(p.valore, 'non indicata')} non accettata: si accetta SIPOP/1.0. Chiedere al fornitore del programma l'esportazione in questa versione.`,
    en: (p) =>
      `Version ${quoted(p.valore, 'missing')} of the layout is not accepted: SIPOP/1.0 is. Ask the maker of your software for an export in this version.`,
  },
  'SIP-004': {
    gravita: 'B',
    it: (p) =>
      `Il comune ${quoted(p.valore)} ${because(p, 'non esiste')}. Controllare il codice ISTAT di sei cifre ${whereComune(p)[0]}.`,
    en: (p) =>
      `The comune ${quoted(p.valore)} ${becauseEn(p, 'does not exist')}. Check the six-digit ISTAT code ${whereComune(p)[1]}.`,
  },
  'SIP-005': {
    gravita: 'B',
    it: (p) =>
      p.campo === 'idOperazioneComune'
        ? `idOperazioneComune ${quoted(p.valore)} è già di un'altra richiesta, accettata con ricevuta ${p.altro}. Se è una nuova operazione, darle un numero nuovo; se corregge la precedente, annullarla (5012) e rifarla.`
        : `Il progressivo ${p.valore} è già stato accettato con un altro contenuto. Se è una nuova fornitura, darle il progressivo ${p.atteso}; se corregge la precedente, usare rettifiche (R) o una nuova COMPLETA.`,
    en: (p) =>
      p.campo === 'idOperazioneComune'
        ? `idOperazioneComune ${quoted(p.valore)} is already that of another request, accepted under receipt ${p.altro}. If this is a new operation, give it a new number; if it corrects the former one, annul that (5012) and send it anew.`
        : `Progressivo ${p.valore} was already accepted with other content. If this is a new supply, give it progressivo ${p.atteso}; if it corrects the former one, use corrections (R) or a new COMPLETA.`,
  },
  'SIP-006': {
    gravita: 'B',
    it: (p) =>
      p.campo === 'idOperazioneComune'
        ? `idOperazioneComune ${quoted(p.valore)} è inferiore all'ultimo accettato, ${p.altro}. Dare alla richiesta un numero più alto.`
        : p.campo === 'tipo'
          ? 'La prima fornitura di un comune deve essere COMPLETA, con progressivo 1. Inviare prima il popolamento iniziale.'
          : `Il progressivo ${p.valore} non è quello atteso, ${p.atteso}. Inviare prima la fornitura che manca, o rinumerare questa.`,
    en: (p) =>
      p.campo === 'idOperazioneComune'
        ? `idOperazioneComune ${quoted(p.valore)} is lower than the last accepted, ${p.altro}. Give the request a higher number.`
        : p.campo === 'tipo'
          ? 'The first supply of a comune must be COMPLETA, with progressivo 1. Send the first population before the changes.'
          : `Progressivo ${p.valore} is not the one expected, ${p.atteso}. Send the missing supply first, or number this one again.`,
  },
  'SIP-007': {
    gravita: 'B',
    it: (p) =>
      p.altro === 'mappatura'
        ? `Il file ${quoted(p.valore)} ${because(p, 'non fa parte di questo tipo di fornitura')}. Inviare con la mappatura i soli file che essa nomina sotto sorgenti.`
        : ofXml(p)
          ? `Il file ${quoted(p.file)} ${because(p, 'non fa parte di questo tipo di fornitura')}. Una fornitura di ANPR sono i file XML di uno stesso subentro, tutti insieme e ciascuno una volta.`
          : `Il file ${quoted(p.valore)} ${because(p, 'non fa parte di questo tipo di fornitura')}. L'archivio deve contenere i file elencati nel manifesto e nessun altro: in una COMPLETA soggetti.csv, famiglie.csv e legami.csv ci sono sempre, in una VARIAZIONI c'è solo eventi.jsonl.`,
    en: (p) =>
      p.altro === 'mappatura'
        ? `The file ${quoted(p.valore)} ${becauseEn(p, 'is not of this kind of supply')}. Send with the mapping the files that it names under sorgenti, and no other.`
        : ofXml(p)
          ? `The file ${quoted(p.file)} ${becauseEn(p, 'is not of this kind of supply')}. A supply of ANPR are the XML files of one subentro, all together and each once.`
          : `The file ${quoted(p.valore)} ${becauseEn(p, 'is not of this kind of supply')}. The archive must hold the files listed in the manifest and no other: a COMPLETA always has soggetti.csv, famiglie.csv and legami.csv, a VARIAZIONI has eventi.jsonl alone.`,
  },
  'SIP-008': {
    gravita: 'B',
    it: (p) =>
      `L'impronta sha256 di ${p.file} non è quella dichiarata: il file è cambiato dopo la scrittura del manifesto. Rigenerare la fornitura senza aprire e risalvare i file.`,
    en: (p) =>
      `The sha256 of ${p.file} is not the one declared: the file changed after the manifest was written. Generate the supply again, without opening and saving its files.`,
  },
  'SIP-009': {
    gravita: 'B',
    it: (p) =>
      `${p.file} ha ${p.atteso} righe, il manifesto ne dichiara ${p.valore} (l'intestazione non si conta). Rigenerare la fornitura.`,
    en: (p) =>
      `${p.file} has ${p.atteso} rows, the manifest declares ${p.valore} (the header does not count). Generate the supply again.`,
  },
  'SIP-010': {
    gravita: 'B',
    it: (p) =>
      `${p.file}: la colonna ${quoted(p.campo)} ${because(p, 'è obbligatoria e manca')}. Correggere l'intestazione del file.`,
    en: (p) =>
      `${p.file}: the column ${quoted(p.campo)} ${becauseEn(p, 'is mandatory and missing')}. Mend the header of the file.`,
  },
  'SIP-011': {
    gravita: 'B',
    it: (p) =>
      `${where(p)}: ${because(p, 'il testo non è in UTF-8')}. Esportare il file con codifica ${p.altro || 'UTF-8'} e senza caratteri NUL.`,
    en: (p) =>
      `${whereEn(p)}: ${becauseEn(p, 'the text is not UTF-8')}. Export the file in ${p.altro || 'UTF-8'}, without NUL characters.`,
  },
  'SIP-012': {
    gravita: 'B',
    it: (p) =>
      `${where(p)}: ${because(p, 'la struttura del file è rotta')}. Correggere la riga e rigenerare la fornitura.`,
    en: (p) =>
      `${whereEn(p)}: ${becauseEn(p, 'the structure of the file is broken')}. Mend the row and generate the supply again.`,
  },
  'SIP-013': {
    gravita: 'B',
    it: (p) =>
      `Totali: in ${p.campo} il manifesto dichiara ${p.valore || 'nessun numero'}, nei file sono ${p.atteso}. Rigenerare la fornitura: i file e fornitura.json devono venire dalla stessa estrazione.`,
    en: (p) =>
      `Totals: in ${p.campo} the manifest declares ${p.valore || 'no number'}, the files hold ${p.atteso}. Generate the supply again: the files and fornitura.json must come of the same extraction.`,
  },
  'SIP-014': {
    gravita: 'B',
    it: (p) =>
      `Fornitura rifiutata per intero: ${because(p, `${p.valore} righe di soggetti.csv scartate, più delle ${p.atteso} ammesse`)}. Correggere l'estrazione; se è davvero così, un operatore della Provincia può confermare la fornitura a suo nome.`,
    en: (p) =>
      `The whole supply is refused: ${becauseEn(p, `${p.valore} rows of soggetti.csv set aside, more than the ${p.atteso} allowed`)}. Mend the extraction; if it is really so, an operator of the Province can confirm the supply by name.`,
  },
  'SIP-015': {
    gravita: 'B',
    it: (p) =>
      p.campo === 'dataOraRichiesta'
        ? `dataOraRichiesta ${quoted(p.valore)} ${because(p, 'è nel futuro')}. Controllare l'orologio di chi invia.`
        : `situazione_al ${quoted(p.valore)} ${because(p, 'torna indietro')}. Indicare il giorno alla cui fine i dati sono veri.`,
    en: (p) =>
      p.campo === 'dataOraRichiesta'
        ? `dataOraRichiesta ${quoted(p.valore)} ${becauseEn(p, 'lies in the future')}. Check the clock of the sender.`
        : `situazione_al ${quoted(p.valore)} ${becauseEn(p, 'goes back')}. Give the day at whose end the data are true.`,
  },
  EN011: total('soggetti', 'soggetti'),
  EN012: total('soggetti dell’invio', 'soggetti of the file'),
  EN013: total('cittadini italiani', 'Italian citizens'),
  EN014: total('cittadini italiani dell’invio', 'Italian citizens of the file'),
  EN015: total('non italiani', 'non-Italians'),
  EN016: total('non italiani dell’invio', 'non-Italians of the file'),
  EN017: total('residenti femmine', 'female residents'),
  EN018: total('femmine dell’invio', 'females of the file'),
  EN019: total('residenti maschi', 'male residents'),
  EN020: total('maschi dell’invio', 'males of the file'),
  EN021: total('famiglie aperte', 'open families'),
  EN022: total('famiglie dell’invio', 'families of the file'),
  EN023: total('convivenze aperte', 'open convivenze'),
  EN024: total('convivenze dell’invio', 'convivenze of the file'),
  'SIP-020': {
    gravita: 'W',
    it: (p) =>
      `${p.file}: ${quoted(p.campo)} non è nel tracciato e non è stato letto. Se il dato serve, controllare che il nome sia scritto come nel tracciato.`,
    en: (p) =>
      `${p.file}: ${quoted(p.campo)} is not in the layout and was not read. If the datum matters, check that its name is spelt as in the layout.`,
  },
  'SIP-021': {
    gravita: 'W',
    it: (p) =>
      `Il programma anagrafico è cambiato: ${quoted(p.valore)}${other(p, 'prima')}. La cabina di regia ne è informata; controllare con attenzione le segnalazioni di questa fornitura.`,
    en: (p) =>
      `The registry software changed: ${quoted(p.valore)}${other(p, 'before')}. The coordination is told; look at the findings of this supply with care.`,
  },
  'SIP-040': {
    gravita: 'W',
    it: (p) =>
      `Il residente ${quoted(p.id_soggetto)} non è nella nuova fornitura COMPLETA e resta residente. Se è andato via, inviare la cancellazione o la morte; se c'è ancora, inserirlo nella prossima fornitura.`,
    en: (p) =>
      `Resident ${quoted(p.id_soggetto)} is not in the new COMPLETA and stays resident. If they left, send the cancellation or the death; if they are still there, put them in the next supply.`,
  },
} as const satisfies Record<string, MessageRule>;
