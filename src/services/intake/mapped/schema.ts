/**
 * The mapping language: what a mapping may say, key by key (docs/adr/0018). A mapping is data: it names, cuts,
 * translates and puts together; it runs nothing and holds no pattern, so that a row costs time linear in its length.
 *
 * Keys are Italian, as are those who write mappings. Every scalar comes as text (YAML's failsafe schema): 01 stays "01", and
 * NO is Novara. The descriptions are the reference of the manual of whoever writes one.
 */
import { z } from 'zod';
import { ENCODINGS } from './encodings.ts';

/** Words for true and false. */
const YES = new Set(['sì', 'si', 'vero', 'true']);
const WORDS = ['sì', 'si', 'vero', 'true', 'no', 'falso', 'false'] as const;
const flag = z
  .enum(WORDS, { error: 'serve sì o no / yes (sì) or no is needed' })
  .transform((word) => YES.has(word));

const MOST = 200;
const text = z.string({ error: 'serve un testo / a text is needed' }).max(MOST, {
  error: `un testo di al più ${MOST} caratteri / a text of at most ${MOST} characters`,
});
const name = text.min(1, { error: 'non può essere vuoto / it may not be empty' });
const whole = z
  .string({ error: 'serve un numero intero / a whole number is needed' })
  .refine((s) => s.length > 0 && s.length <= 6 && [...s].every((c) => c >= '0' && c <= '9'), {
    error: 'serve un numero intero / a whole number is needed',
  })
  .transform(Number);

/** One text, or a list of them. */
const names = z
  .union([name, z.array(name).min(1)], {
    error: 'serve un nome o un elenco di nomi / a name or a list of names is needed',
  })
  .transform((one) => (typeof one === 'string' ? [one] : one));

/** Where a field stands in a row of fixed width. */
export interface Position {
  /** From 0. */
  readonly from: number;
  readonly to: number;
}

function position(written: string): Position | null {
  const [first = '', last = first, ...more] = written.split('-').map((part) => part.trim());
  const digits = (part: string): boolean =>
    part !== '' && part.length <= 6 && [...part].every((c) => c >= '0' && c <= '9');
  if (more.length > 0 || !digits(first) || !digits(last)) return null;
  const [from, to] = [Number(first), Number(last)];
  return from >= 1 && to >= from ? { from: from - 1, to } : null;
}

const place = z
  .string({ error: 'servono due posizioni, come 3-10 / two positions are needed, like 3-10' })
  .transform((s, ctx) => {
    const read = position(s);
    if (read !== null) return read;
    ctx.addIssue({
      code: 'custom',
      message:
        'servono due posizioni contate da 1, come 3-10 / two positions counted from 1 are needed, like 3-10',
    });
    return z.NEVER;
  });

/** What is done to a value, in this order. */
const STEPS = {
  taglia: place.optional().describe('tiene i caratteri da … a …, come `1-3`'),
  parte: z
    .strictObject({
      separatore: name.describe('il testo che divide le parti, come `"*"`'),
      numero: whole.describe('quale parte, da 1; una parte che manca è vuota'),
    })
    .optional()
    .describe('divide il testo e tiene una parte'),
  vuoto_se: names.optional().describe('i valori che vogliono dire «niente», come `["00000000", "-"]`'),
  togli: name.optional().describe('i caratteri da togliere ovunque stiano, come `".-"`'),
  maiuscole: flag.optional().describe('`sì`: tutto in maiuscolo'),
  togli_zeri: flag.optional().describe('`sì`: toglie gli zeri iniziali'),
  riempi: z
    .strictObject({
      a: whole.describe('lunghezza da raggiungere'),
      con: name.optional().describe('carattere; `0` se manca'),
    })
    .optional()
    .describe('riempie a sinistra fino a una lunghezza'),
  data: names
    .optional()
    .describe(
      'forma della data, o più forme da provare in ordine: `GG` giorno, `MM` mese, `AAAA` o `AA` anno, ogni altro carattere sta per sé, come `GG/MM/AAAA`; `EXCEL` è il numero di giorni dei fogli di calcolo. Giorno o mese `00` danno una data nota in parte',
    ),
  secolo: whole
    .optional()
    .describe(
      'per `AA`: fino a questo numero è 20AA, oltre 19AA; se manca, l’ultimo secolo non dopo situazione_al',
    ),
  codici: name.optional().describe('il nome di una traduzione sotto `codici`'),
  luogo: z
    .enum(['comune', 'stato'], { error: 'comune o stato' })
    .optional()
    .describe(
      'da codice catastale (F257, Z129) o da nome a codice ISTAT; un codice ISTAT resta com’è; se non si trova la riga è scartata',
    ),
  alla_data: z
    .lazy((): z.ZodType<Value> => value)
    .optional()
    .describe(
      'con `luogo`: la data a cui il comune esisteva, per esempio quella di nascita (i codici ISTAT cambiano)',
    ),
  predefinito: text.optional().describe('il valore quando il risultato è vuoto'),
} as const;

export type Steps = {
  readonly [K in Exclude<keyof typeof STEPS, 'alla_data'>]?:
    | Exclude<z.output<(typeof STEPS)[K]>, undefined>
    | undefined;
} & { readonly alla_data?: Value | undefined };

export interface Condition {
  readonly campo?: string | undefined;
  readonly uguale?: string | undefined;
  readonly diverso?: string | undefined;
  readonly tra?: readonly string[] | undefined;
  readonly inizia?: string | undefined;
  readonly lunghezza?: number | undefined;
  readonly vuoto?: boolean | undefined;
  readonly tutte?: readonly Condition[] | undefined;
  readonly almeno_una?: readonly Condition[] | undefined;
  readonly non?: Condition | undefined;
}

const TESTS = ['uguale', 'diverso', 'tra', 'inizia', 'lunghezza', 'vuoto'] as const;
const GROUPS = ['tutte', 'almeno_una', 'non'] as const;

const CONDITION = z
  .strictObject({
    campo: name.optional().describe('il campo da guardare, con uno dei confronti qui sotto'),
    uguale: text.optional().describe('è proprio questo'),
    diverso: text.optional().describe('non è questo'),
    tra: names.optional().describe('è uno di questi'),
    inizia: name.optional().describe('comincia così'),
    lunghezza: whole.optional().describe('ha tanti caratteri'),
    vuoto: flag.optional().describe('`sì`: è vuoto; `no`: non lo è'),
    tutte: z
      .array(z.lazy((): z.ZodType<Condition> => condition))
      .min(1)
      .optional()
      .describe('valgono tutte queste condizioni'),
    almeno_una: z
      .array(z.lazy((): z.ZodType<Condition> => condition))
      .min(1)
      .optional()
      .describe('vale almeno una di queste'),
    non: z
      .lazy((): z.ZodType<Condition> => condition)
      .optional()
      .describe('non vale questa'),
  })
  .refine(
    (c) => {
      const tests = TESTS.filter((key) => c[key] !== undefined).length;
      const groups = GROUPS.filter((key) => c[key] !== undefined).length;
      return c.campo === undefined ? tests === 0 && groups === 1 : tests === 1 && groups === 0;
    },
    {
      error:
        'serve campo con un confronto (uguale, diverso, tra, inizia, lunghezza, vuoto), oppure tutte, almeno_una o non / campo with one comparison is needed, or tutte, almeno_una or non',
    },
  );
const condition: z.ZodType<Condition> = CONDITION;

export interface Value extends Steps {
  readonly campo?: string | undefined;
  readonly costante?: string | undefined;
  readonly unisci?: readonly Value[] | undefined;
  readonly separatore?: string | undefined;
  readonly tieni_vuoti?: boolean | undefined;
  readonly primo?: readonly Value[] | undefined;
  readonly casi?: readonly { readonly quando: Condition; readonly valore: Value }[] | undefined;
  readonly altrimenti?: Value | undefined;
}

const SOURCES = ['campo', 'costante', 'unisci', 'primo', 'casi'] as const;
const lazyValue = z.lazy((): z.ZodType<Value> => value);

export const CASE = z.strictObject({
  quando: condition.describe('la condizione'),
  valore: lazyValue.describe('il valore quando vale'),
});

const VALUE = z
  .strictObject({
    campo: name
      .optional()
      .describe('il campo della sorgente; si può scrivere anche da solo: `cognome: COGNOME`'),
    costante: text.optional().describe('sempre questo testo'),
    unisci: z
      .array(lazyValue)
      .min(1)
      .optional()
      .describe('più valori uno dopo l’altro; quelli vuoti non contano'),
    separatore: text.optional().describe('tra un valore e l’altro di `unisci`; uno spazio se manca'),
    tieni_vuoti: flag
      .optional()
      .describe('con `unisci`, `sì`: anche i valori vuoti hanno il loro posto, se non lo sono tutti'),
    primo: z.array(lazyValue).min(1).optional().describe('il primo di questi che non è vuoto'),
    casi: z.array(CASE).min(1).optional().describe('il valore del primo caso la cui condizione vale'),
    altrimenti: lazyValue.optional().describe('il valore quando non vale nessun caso; vuoto se manca'),
    ...STEPS,
  })
  .refine((v) => SOURCES.filter((key) => v[key] !== undefined).length === 1, {
    error:
      'serve uno tra campo, costante, unisci, primo, casi / one of campo, costante, unisci, primo, casi is needed',
  });
const value: z.ZodType<Value> = z.preprocess(
  (written) => (typeof written === 'string' ? { campo: written } : written),
  VALUE,
) as z.ZodType<Value>;

const TRANSLATION = z.strictObject({
  valori: z.record(text, text).describe('da ciò che il programma scrive a ciò che il tracciato vuole'),
  altrimenti: z
    .enum(['errore', 'conserva', 'vuoto'], { error: 'errore, conserva o vuoto' })
    .default('errore')
    .describe(
      'di un valore che non c’è: `errore` scarta la riga (SIP-102; così se manca), `conserva` lo lascia com’è, `vuoto` lo toglie',
    ),
});

const fixedFields = z.record(name, place);

const RECORD = z.strictObject({
  codice: name.describe('il valore di `tipo_record` che distingue questo tipo di riga'),
  campi: fixedFields.optional().describe('posizionale: nome e posizioni di ogni campo, come `COGNOME: 3-32`'),
  colonne: z.array(name).optional().describe('delimitato: i nomi delle colonne, in ordine'),
  sotto: name
    .optional()
    .describe('il tipo di riga che la precede e a cui appartiene: i suoi campi si scrivono `tipo.CAMPO`'),
});

export const SOURCE = z.strictObject({
  file: name
    .optional()
    .describe('nome del file, con `*` per ciò che cambia ogni volta; si può omettere se il file è uno solo'),
  formato: z
    .enum(['delimitato', 'posizionale', 'xlsx'], { error: 'delimitato, posizionale o xlsx' })
    .describe('`delimitato`, `posizionale` (colonne a larghezza fissa) o `xlsx` (foglio di calcolo)'),
  codifica: z
    .enum(ENCODINGS, { error: `una di / one of ${ENCODINGS.join(', ')}` })
    .default('UTF-8')
    .describe(`${ENCODINGS.map((e) => `\`${e}\``).join(', ')}; UTF-8 se manca`),
  separatore: z
    .union([z.literal('tab').transform(() => '\t'), text.length(1)], {
      error: 'un carattere solo, o tab / one character, or tab',
    })
    .default(';')
    .describe('delimitato: un carattere, o `tab`; `;` se manca'),
  virgolette: z
    .union([z.literal('nessuna').transform(() => ''), text.length(1)], {
      error: 'un carattere solo, o nessuna / one character, or nessuna',
    })
    .default('"')
    .describe('delimitato: il carattere che racchiude i testi, o `nessuna`; `"` se manca'),
  intestazione: flag
    .default(true)
    .describe('`no`: la prima riga è già di dati, e le colonne hanno i nomi di `colonne`'),
  salta: whole.default(0).describe('righe da saltare all’inizio (titoli), prima dell’intestazione'),
  colonne: z.array(name).optional().describe('senza intestazione: i nomi delle colonne, in ordine'),
  campi: fixedFields
    .optional()
    .describe('posizionale: nome e posizioni di ogni campo, contate da 1, come `COGNOME: 3-32`'),
  tipo_record: name
    .optional()
    .describe(
      'dove sta il tipo di riga, se il file ne ha più d’uno: posizioni (`1-2`) o numero di colonna (`1`)',
    ),
  record: z.record(name, RECORD).optional().describe('i tipi di riga, per nome'),
  foglio: name.optional().describe('xlsx: il nome del foglio; il primo se manca'),
});

const JOIN = z.strictObject({
  con: name.describe('l’altra sorgente (o `sorgente.record`); i suoi campi si scrivono `nome.CAMPO`'),
  come: name.optional().describe('il nome con cui chiamarla qui; quello della sorgente se manca'),
  chiave: names.describe('i campi di questa riga'),
  con_chiave: names.optional().describe('i campi dell’altra; gli stessi nomi se manca'),
  quando: condition.optional().describe('soltanto le righe dell’altra sorgente per cui vale'),
  se_manca: z
    .enum(['vuoto', 'errore'], { error: 'vuoto o errore' })
    .default('vuoto')
    .describe(
      'se non c’è una riga con quella chiave: `vuoto` (così se manca) o `errore`, che scarta la riga',
    ),
});

const NAME_PARTS = z.strictObject({
  campo: name.describe('il campo con cognome e nome insieme'),
  separatore: name
    .optional()
    .describe('ciò che li divide, come `"*"` o `"/"`; se manca, si divide tra le parole'),
  codice_fiscale: name.optional().describe('il campo che dice dove finisce il cognome («DE LUCA ANNA»)'),
  prima: z
    .enum(['cognome', 'nome'], { error: 'cognome o nome' })
    .default('cognome')
    .describe('che cosa viene prima; `cognome` se manca'),
});

export const ADDRESS_PARTS = z.strictObject({
  campo: name.describe('il campo con l’indirizzo intero, come «VIA EMILIA EST 12/B INT 3»'),
});

export const TABLE = z.strictObject({
  da: name.describe('la sorgente, o `sorgente.record`'),
  quando: condition.optional().describe('soltanto le righe per cui vale'),
  una_per: names.optional().describe('una riga sola per ogni valore di questi campi: la prima'),
  unioni: z.array(JOIN).optional().describe('altre sorgenti, riga per riga, con una chiave'),
  nominativo: NAME_PARTS.optional().describe('riempie cognome e nome da un campo solo'),
  indirizzo: ADDRESS_PARTS.optional().describe(
    'riempie specie, toponimo, civico, esponente, scala, piano e interno da un campo solo',
  ),
  colonne: z.record(name, value).describe('per ogni colonna del tracciato il suo valore'),
});

const table = z
  .preprocess((written) => (Array.isArray(written) ? written : [written]), z.array(TABLE).min(1))
  .describe('una tabella, o un elenco di tabelle se le righe vengono da più sorgenti');

/** Names of the tables of a full supply, as a mapping writes them. */
export const TABLE_NAMES = [
  'soggetti',
  'famiglie',
  'convivenze',
  'legami',
  'residenze',
  'iscrizioni',
  'stati_civili',
  'cittadinanze',
  'generalita',
] as const;
export type TableName = (typeof TABLE_NAMES)[number];

export const TABLES = z.strictObject({
  soggetti: table,
  famiglie: table,
  legami: table,
  convivenze: table.optional(),
  residenze: table.optional(),
  iscrizioni: table.optional(),
  stati_civili: table.optional(),
  cittadinanze: table.optional(),
  generalita: table.optional(),
});

/** Totals that a file may declare of itself, in the words of the manifest (tracciato.md 1). */
export const DECLARED_TOTALS = [
  'soggetti',
  'residenti',
  'maschi',
  'femmine',
  'italiani',
  'stranieri',
  'famiglie',
  'convivenze',
] as const;

const TOTAL = z.strictObject({
  da: name.describe('la sorgente, o `sorgente.record`, per esempio la riga di coda'),
  campo: name.describe('il campo con il numero; di più righe vale l’ultima'),
});

export const MAPPING = z.strictObject({
  mappatura: z
    .literal('SIPOP/1.0', { error: 'serve SIPOP/1.0 / SIPOP/1.0 is needed' })
    .describe('sempre `SIPOP/1.0`'),
  pacchetto: z
    .strictObject({
      nome: name.describe('nome del programma anagrafico; se cambia, lo si segnala (SIP-021)'),
      versione: name.describe('sua versione'),
    })
    .describe('il programma che scrive i file'),
  nota: z.string().max(10_000).optional().describe('una spiegazione per chi legge'),
  sorgenti: z.record(name, SOURCE).describe('i file che si leggono, ciascuno con un nome'),
  codici: z.record(name, TRANSLATION).optional().describe('traduzioni di codici, per nome'),
  quadratura: z
    .partialRecord(z.enum(DECLARED_TOTALS, { error: `una di / one of ${DECLARED_TOTALS.join(', ')}` }), TOTAL)
    .optional()
    .describe(
      `i totali che i file dichiarano di sé (${DECLARED_TOTALS.join(', ')}): se non sono quelli contati, la fornitura è rifiutata (EN011 …)`,
    ),
  tabelle: TABLES.describe('le tabelle della fornitura, dai campi delle sorgenti'),
});

export type Mapping = z.output<typeof MAPPING>;
export type SourceSpec = z.output<typeof SOURCE>;
export type RecordSpec = z.output<typeof RECORD>;
export type JoinSpec = z.output<typeof JOIN>;
export type TableSpec = z.output<typeof TABLE>;
export type TranslationSpec = z.output<typeof TRANSLATION>;

/** The sections of the reference, in the order in which they are read. */
export const SECTIONS = [
  ['mappatura', MAPPING],
  ['sorgenti.…', SOURCE],
  ['sorgenti.….record.…', RECORD],
  ['codici.…', TRANSLATION],
  ['quadratura.…', TOTAL],
  ['tabelle.…', TABLE],
  ['tabelle.….unioni', JOIN],
  ['tabelle.….nominativo', NAME_PARTS],
  ['tabelle.….indirizzo', ADDRESS_PARTS],
  ['valori: che cosa / values: what', VALUE],
  ['condizioni / conditions', CONDITION],
] as const;
