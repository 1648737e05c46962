/**
 * A receipt on paper: what it says in words, and the receipt itself in a QR code, so that who gets the sheet checks the signature and not the sheet.
 * Tagged, with its language and title, fonts embedded (PDF/A-2a): a screen reader reads it in order, and it opens in thirty years.
 */
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import encodeQR from 'qr';
import type { Receipt } from './receipt.ts';
import { factLines, type Line, outcomeLines } from './receipt-words.ts';

const require = createRequire(import.meta.url);
/** The typeface of Italian public bodies (OFL): embedded, so that every accent is printed as it is. */
const font = (weight: 400 | 600): string =>
  require.resolve(`@fontsource/titillium-web/files/titillium-web-latin-${weight}-normal.woff`);

const MARGIN = 56;
const LABEL_WIDTH = 170;
const QR_SIDE = 190;
const GREY = '#4a4a4a';

/** @param token the receipt as signed @param checkAt the public page where it is checked */
export async function receiptPdf(receipt: Receipt, token: string, checkAt: string): Promise<Buffer> {
  const title = `Ricevuta di verifica ${receipt.jti}`;
  const doc = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    lang: 'it-IT',
    tagged: true,
    displayTitle: true,
    pdfVersion: '1.7',
    subset: 'PDF/A-2a',
    // The receipt stands in the file too: ./sipop receipt verify reads it from the PDF.
    info: { Title: title, Author: 'SIPOP', Keywords: token, CreationDate: new Date(receipt.iat * 1000) },
  });
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
  doc.registerFont('plain', font(400)).registerFont('strong', font(600));
  const root = doc.struct('Document');
  doc.addStructure(root);
  const add = (kind: string, write: () => void): void => {
    root.add(doc.struct(kind, {}, write));
  };
  add('H1', () => {
    doc.font('strong').fontSize(20).fillColor('black').text('Ricevuta di verifica', MARGIN, MARGIN);
  });
  add('P', () => {
    doc.font('plain').fontSize(11).fillColor(GREY);
    doc.text('Verification receipt · SIPOP, registro unico della popolazione provinciale');
  });
  doc.moveDown(0.8);
  add('H2', () => heading(doc, 'Esito / Outcome'));
  for (const one of outcomeLines(receipt)) addLine(doc, add, one, true);
  doc.moveDown(0.8);
  add('H2', () => heading(doc, 'Che cosa è stato chiesto / What was asked'));
  for (const one of factLines(receipt)) addLine(doc, add, one, false);
  doc.moveDown(0.8);
  add('H2', () => heading(doc, 'Come si controlla / How to check it'));
  if (doc.y + QR_SIDE > doc.page.height - MARGIN) doc.addPage();
  const y = doc.y + 6;
  root.add(
    doc.struct(
      'Figure',
      { alt: 'Codice QR con la ricevuta firmata / QR code holding the signed receipt' },
      () => {
        drawQr(doc, `${checkAt}#${token}`, MARGIN, y);
      },
    ),
  );
  const beside = { width: doc.page.width - 2 * MARGIN - QR_SIDE - 20, align: 'left' as const };
  add('P', () => {
    doc.font('plain').fontSize(10).fillColor('black');
    doc.text(
      `Chiunque può controllare questa ricevuta, senza credenziali: inquadrare il codice, o aprire ${checkAt}. Fa fede ciò che il controllo mostra, non questo foglio. La ricevuta non contiene dati della persona: la dichiarazione controllata vi è indicata con un’impronta, e chi la possiede può mostrarla insieme.`,
      MARGIN + QR_SIDE + 20,
      y,
      beside,
    );
  });
  doc.moveDown(0.5);
  add('P', () => {
    doc.fontSize(9).fillColor(GREY);
    doc.text(
      'Anybody can check this receipt without a key: scan the code, or open the address. What the check shows counts, not this sheet. The receipt holds no data of the person: what was declared stands in it as a digest.',
      beside,
    );
  });
  doc.moveDown(0.5);
  add('P', () => {
    doc.fontSize(8).fillColor(GREY);
    doc.text(
      'Non è un certificato anagrafico (DPR 445/2000, art. 43 e 71). / It is not a registry certificate.',
      beside,
    );
  });
  root.end();
  doc.end();
  return done;
}

function heading(doc: PDFKit.PDFDocument, text: string): void {
  doc.font('strong').fontSize(13).fillColor('black').text(text, MARGIN);
  doc.moveDown(0.2);
}

/** A label with its English beside, and the value to the right of both. */
function addLine(
  doc: PDFKit.PDFDocument,
  add: (kind: string, write: () => void) => void,
  { it, en, value }: Line,
  strong: boolean,
): void {
  add('P', () => {
    const y = doc.y;
    doc.font('plain').fontSize(10).fillColor(GREY);
    doc.text(`${it} / ${en}`, MARGIN, y, { width: LABEL_WIDTH });
    const below = doc.y;
    doc
      .font(strong ? 'strong' : 'plain')
      .fontSize(strong ? 11 : 10)
      .fillColor('black');
    doc.text(value, MARGIN + LABEL_WIDTH + 10, y, {
      width: doc.page.width - 2 * MARGIN - LABEL_WIDTH - 10,
    });
    doc.x = MARGIN;
    doc.y = Math.max(below, doc.y) + 3;
  });
}

/** Modules as one path: black on the white of the page, with the border that readers need. */
function drawQr(doc: PDFKit.PDFDocument, text: string, x: number, y: number): void {
  const modules = encodeQR(text, 'raw', { ecc: 'low', border: 2 });
  const side = QR_SIDE / modules.length;
  for (const [row, cells] of modules.entries())
    for (const [column, dark] of cells.entries())
      if (dark) doc.rect(x + column * side, y + row * side, side, side);
  doc.fill('black');
}
