/**
 * Streets and dwellings: each comune has its own, made of names that any Italian town has; they are not its real ones.
 * An address is kept as the text of the thirteen address columns of the tracciato, so that a row is a concatenation.
 */
import type { Comune } from './comuni.ts';
import { hash, Random, Weighted } from './random.ts';

const KINDS = new Weighted<string>([
  ['VIA', 82],
  ['VIALE', 5],
  ['PIAZZA', 4],
  ['STRADA', 3],
  ['VICOLO', 2],
  ['LARGO', 1],
  ['CORSO', 1],
]);

const NAMES =
  `ROMA|GIUSEPPE MAZZINI|GIUSEPPE GARIBALDI|CAMILLO CAVOUR|GIACOMO MATTEOTTI|GUGLIELMO MARCONI|GIUSEPPE VERDI|DANTE ALIGHIERI|
ALESSANDRO MANZONI|GIOSUE' CARDUCCI|GIOVANNI PASCOLI|UGO FOSCOLO|GIACOMO LEOPARDI|FRANCESCO PETRARCA|LUDOVICO ARIOSTO|TORQUATO TASSO|
GALILEO GALILEI|ALESSANDRO VOLTA|LUIGI GALVANI|ENRICO FERMI|LEONARDO DA VINCI|MICHELANGELO BUONARROTI|RAFFAELLO SANZIO|TIZIANO VECELLIO|
GIOACCHINO ROSSINI|GIACOMO PUCCINI|VINCENZO BELLINI|GAETANO DONIZETTI|ARTURO TOSCANINI|ANTONIO VIVALDI|XXV APRILE|I MAGGIO|IV NOVEMBRE|
XX SETTEMBRE|II GIUGNO|DELLA REPUBBLICA|DELLA LIBERTA'|DELLA RESISTENZA|DEI PARTIGIANI|MARTIRI DELLA LIBERTA'|FRATELLI CERVI|
ANTONIO GRAMSCI|PALMIRO TOGLIATTI|ALDO MORO|ALCIDE DE GASPERI|SANDRO PERTINI|ENRICO BERLINGUER|TINA ANSELMI|NILDE IOTTI|DON MINZONI|
GIOVANNI FALCONE|PAOLO BORSELLINO|JOHN FITZGERALD KENNEDY|MARTIN LUTHER KING|PAPA GIOVANNI XXIII|SAN FRANCESCO|SAN ROCCO|SANT'ANNA|
SANTA LUCIA|SAN GIOVANNI BOSCO|DELLA CHIESA|DEL CASTELLO|DELLA ROCCA|DEL TORRENTE|DEL FIUME|DELLA FONTE|DELLE ACACIE|DEI TIGLI|
DEI PLATANI|DELLE QUERCE|DEI CILIEGI|DEI CASTAGNI|DEGLI OLMI|DEI PIOPPI|DEL LAVORO|DELL'ARTIGIANATO|DELL'INDUSTRIA|DELL'AGRICOLTURA|
DELLA PACE|DELL'AMICIZIA|DELLE ROSE|DELLE VIOLE|DEI GELSOMINI|DEI MULINI|DEL MULINO VECCHIO|DEL CANALE|DELLA BONIFICA|STATALE NORD|
STATALE SUD|PROVINCIALE EST|PROVINCIALE OVEST|EMILIA EST|EMILIA OVEST|GIARDINI NORD|GIARDINI SUD|NAZIONI UNITE|EUROPA|ITALIA|
TRENTO|TRIESTE|BOLOGNA|FIRENZE|MILANO|TORINO|VENEZIA|GENOVA|NAPOLI|PALERMO|FERRARA|MANTOVA|REGGIO|PARMA|LUCCA|PISTOIA|
MONTE GRAPPA|MONTE CIMONE|MONTE CUSNA|PIAVE|ISONZO|ADIGE|PANARO|SECCHIA|PO|TEVERE|ARNO|DEGLI ALPINI|DEI BERSAGLIERI|DEI MILLE|
CESARE BATTISTI|NAZARIO SAURO|FABIO FILZI|GOFFREDO MAMELI|CIRO MENOTTI|LUDOVICO ANTONIO MURATORI|GIOVANNI AMENDOLA|PIERO GOBETTI|
GIACOMO BRODOLINI|SALVO D'ACQUISTO|CARLO ALBERTO DALLA CHIESA|ELSA MORANTE|GRAZIA DELEDDA|ADA NEGRI|MARIA MONTESSORI|ANNA FRANK|
RITA LEVI MONTALCINI|CESARE PAVESE|ITALO CALVINO|PRIMO LEVI|LUIGI PIRANDELLO|ITALO SVEVO|EUGENIO MONTALE|GIUSEPPE UNGARETTI`
    .replaceAll('\n', '')
    .split('|');

const HAMLETS = (
  'CASE BASSE|SAN GIACOMO|SANT ANTONIO|LA CAPPELLA|CASTELLETTO|MONTALE|SAN MARTINO|VILLANOVA|CASONI|SAN LORENZO|LA VILLA|' +
  'PIEVE|SAN VITO|COLOMBARO|BORGONUOVO|CASE NUOVE|MADONNA DELLA NEVE|POZZO|SANTA CATERINA|LE TAGLIATE'
).split('|');

interface Street {
  /** specie;toponimo; */
  readonly head: string;
  readonly postcode: string;
  readonly hamlet: string;
  readonly lat: number;
  readonly lon: number;
  readonly numbers: number;
  readonly section: number;
}

const MARKS = ['A', 'A', 'A', 'B', 'B', 'C', 'BIS'];
const padded = (value: number): string => value.toFixed(6);

/** The streets of one comune. */
export class Streets {
  private readonly streets: readonly Street[];
  private readonly conventional: string;

  constructor(comune: Comune, seed: number, residents: number) {
    const random = new Random(hash(seed, 'streets', comune.code));
    const wanted = Math.min(
      NAMES.length,
      12 + Math.round(Math.sqrt(comune.residents) * 0.6 + residents / 900),
    );
    const names = [...NAMES];
    for (let i = names.length - 1; i > 0; i--) {
      const j = random.int(0, i);
      [names[i], names[j]] = [names[j]!, names[i]!];
    }
    const spread = 0.008 + Math.sqrt(comune.residents) / 9000;
    const hamlets = HAMLETS.slice(comune.index % 8, (comune.index % 8) + 6);
    const used = names.slice(0, wanted);
    // A square of its own where the conventional address of those without an abode lies (ISTAT, Avvertenze, 1992).
    this.conventional = `VIA;DELLA CASA COMUNALE;1;;;;;${comune.postcodes[0]};;1;;;1`;
    this.streets = used.map((name, i) => {
      const far = random.chance(0.25);
      return {
        head: `${KINDS.draw(random)};${name};`,
        postcode: comune.postcodes[i % comune.postcodes.length]!,
        hamlet: far ? random.pick(hamlets) : '',
        lat: comune.lat + random.bell(0, far ? spread : spread / 2),
        lon: comune.lon + random.bell(0, far ? spread : spread / 2),
        numbers: random.int(12, 40) + Math.round((residents / wanted) * 0.35),
        section: i + 1,
      };
    });
  }

  /** The conventional address of those of no fixed abode, where nobody is found. */
  homeless(): string {
    return this.conventional;
  }

  /** A dwelling: specie;toponimo;civico;esponente;scala;piano;interno;cap;frazione;sezione;lat;lon;senza_fissa_dimora */
  draw(random: Random): string {
    const at = random.float();
    const street = this.streets[Math.floor(at * at * this.streets.length)]!;
    const number = random.int(1, street.numbers);
    // What a building is (its mark, its point, whether it has flats) follows from its number.
    const building = hash(street.section, number, street.postcode);
    const mark = building % 11 === 0 ? MARKS[(building >>> 8) % MARKS.length]! : '';
    const flats = building % 5 < 3 ? 1 + ((building >>> 12) % 8) : 0;
    const stair = flats > 5 && building % 2 === 0 ? random.pick(['A', 'B']) : '';
    const flat = flats > 0 ? random.int(1, flats) : 0;
    const floor = flats > 0 ? `${Math.floor((flat - 1) / 2)}` : '';
    const lat = padded(street.lat + number * 0.000013 + ((building >>> 4) % 100) * 0.000002);
    const lon = padded(street.lon + number * 0.000019 + ((building >>> 6) % 100) * 0.000002);
    const section = street.section + Math.floor(number / 60) * 50;
    return `${street.head}${number};${mark};${stair};${floor};${flats > 0 ? flat : ''};${street.postcode};${street.hamlet};${section};${lat};${lon};`;
  }
}
