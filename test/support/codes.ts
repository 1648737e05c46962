/** Codici fiscali of the people of stories. */
import { computeCodiceFiscale } from '../../src/kernel/codice-fiscale.ts';
import { day } from '../../src/kernel/day.ts';

/** The code of somebody born in Modena (F257). @param born AAAA-MM-GG */
export const code = (cognome: string, nome: string, sesso: 'M' | 'F', born: string): string =>
  computeCodiceFiscale({ cognome, nome, sesso, data_nascita: day(born), luogo: 'F257' });
