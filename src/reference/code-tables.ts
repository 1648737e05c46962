/**
 * The ANPR code tables that the tracciato names, as published (italia/anpr): code, description, and the last day on
 * which the code may be used where the table gives one. In T7 and T15 the descriptions follow the tracciato: code 3
 * (T7 8 and T15 4 for those of no fixed abode) is any move from, or to, another Italian comune (tracciato.md 1).
 */

/**
 * T1 civil status, T5 kinship, T6 place in a convivenza, T7 reasons of registration, T8 residence permits, T9
 * occupation, T10 condition of those not working, T11 education, T15 reasons of cancellation, T26 why a family was
 * formed, T27 kinds of convivenza.
 */
export const TABLE_NAMES = ['T1', 'T5', 'T6', 'T7', 'T8', 'T9', 'T10', 'T11', 'T15', 'T26', 'T27'] as const;
export type TableName = (typeof TABLE_NAMES)[number];

/** Lines of `code|description`, and `|last day` where the code is retired. */
export const CODE_TABLES: Readonly<Record<TableName, string>> = {
  // Tabella 01, Stato civile, 22 May 2017.
  T1: `
1|Celibe/Nubile
2|Coniugato/a
3|Vedovo/a
4|Divorziato/a
6|Unito civilmente
7|Stato libero a seguito di decesso della parte unita civilmente
8|Stato libero a seguito di scioglimento dell'unione
9|Non classificabile/ignoto`,
  // Tabella 05, Relazione di parentela (famiglia), 20 January 2017.
  T5: `
1|Intestatario scheda
2|Marito/Moglie
3|Figlio/Figlia
4|Nipote (discendente)
5|Pronipote (discendente)
6|Padre/Madre
7|Nonno/Nonna
8|Bisnonno/Bisnonna
9|Fratello/Sorella
10|Nipote (collaterale)
11|Zio/Zia (collaterale)
12|Cugino/Cugina
13|Altro parente
14|Figliastro/Figliastra|2015-09-15
15|Patrigno/Matrigna|2015-09-15
16|Genero/Nuora
17|Suocero/Suocera
18|Cognato/Cognata
19|Fratellastro/Sorellastra|2015-09-15
20|Nipote (affine)
21|Zio/Zia (affine)
22|Altro affine
23|Convivente (con vincoli di adozione o affettivi)
24|Responsabile della convivenza non affettiva
25|Convivente in convivenza non affettiva
26|Tutore
28|Unito civilmente
80|Adottato|2015-09-15
81|Nipote
99|Non definito/comunicato`,
  // Tabella 06, Legame di convivenza.
  T6: `
1|Responsabile convivenza
2|Membro della convivenza
3|Altro
9|Ignoto`,
  // Tabella 07, Motivi di iscrizione in anagrafe.
  T7: `
1|Nascita
2|Esistenza (giudizialmente riconosciuta)
3|Immigrazione da altro comune
4|Immigrazione dall'estero
5|Ricomparsa (da irreperibilità)
6|Rimpatrio (da AIRE)
7|Rettifiche post censuarie
8|Trasferimento di domicilio di un senza fissa dimora da altro comune
9|Altri motivi
10|Ripristino posizione precedente`,
  // Tabella 08, Tipo soggiorno.
  T8: `
1|Permesso
2|Carta di soggiorno/Permesso di soggiorno CE
3|Attestazione a carattere permanente
4|Attestazione di regolarità
5|Ricevuta
6|Rinnovo in corso
7|Senza permesso
8|Altro titolo di soggiorno
9|Non conosciuto/non fornito`,
  // Tabella 09, Posizione nella professione; A and B came with the conversion of the AIRE tables.
  T9: `
0|Non applicabile
1|Dirigente
2|Quadro/impiegato
3|Operaio o assimilato
4|Imprenditore, libero professionista
5|Lavoratore in proprio
6|Coadiuvante familiare/socio cooperativa
7|Collaborazione coordinata e continuativa/prestazione d'opera occasionale
9|Non conosciuta/non fornita
A|Dirigente o impiegato|2015-12-31
B|Lavoratore dipendente|2015-12-31`,
  // Tabella 10, Condizione non professionale.
  T10: `
0|Non applicabile
1|Casalinga
2|Studente
3|Disoccupato/in cerca di prima occupazione
4|Pensionato/ritirato dal lavoro
5|Altra condizione non professionale
6|Non conosciuta/non fornita`,
  // Tabella 11, Titolo di studio.
  T11: `
0|Non applicabile
1|Nessun titolo/licenza elementare
2|Licenza media
3|Diploma scuola superiore
4|Laurea triennale
5|Laurea
6|Dottorato/specializzazione post-laurea
7|Nessun titolo
8|Licenza elementare
9|Licenza media/avviamento professionale
A|Diploma di qualifica professionale e qualifiche regionali di 2-3 anni
B|Attestato IFP triennale (operatore)/diploma professionale IFP quadriennale (tecnico)
C|Diploma di maturità
D|Certificato di specializzazione tecnica superiore (IFTS)
E|Diploma di tecnico superiore (ITS)
F|Laurea di primo livello, diploma universitario, diploma accademico di primo livello
G|Laurea magistrale/specialistica o del vecchio ordinamento, diploma accademico di secondo livello
H|Dottorato
Z|Non conosciuto/non fornito`,
  // Tabella 15, Motivi di cancellazione dall'anagrafe.
  T15: `
1|Morte accertata
2|Morte presunta giudizialmente dichiarata
3|Trasferimento di residenza in altro comune
4|Trasferimento di domicilio di un senza fissa dimora in altro comune
5|Trasferimento di residenza all'estero di uno straniero
6|Irreperibilità
7|Mancato rinnovo dimora abituale/permesso di soggiorno
8|Trasferimento di residenza all'estero (iscrizione AIRE)
9|Rettifiche post censuarie
10|Doppia iscrizione
11|Perdita della cittadinanza italiana
12|Ripristino posizione precedente
13|Altro`,
  // Tabella 26, Motivo di costituzione della famiglia.
  T26: `
1|Vincoli di matrimonio
2|Parentela
3|Affinità
4|Adozione
5|Tutela
6|Affettiva
9|Altro`,
  // Tabella 27, Specie della convivenza.
  T27: `
1|Motivi religiosi
2|Di cura
3|Di assistenza
4|Militari
5|Di pena
6|Altri`,
};
