/**
 * The pages in a real browser: the main path of the roles at the counter, by keyboard alone; WCAG 2.1 AA on every page in both languages, narrow,
 * enlarged, in forced colours; nothing personal in addresses, titles or storage; the weight of the first page.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { code } from '../support/codes.ts';
import type { Office } from '../support/offices.ts';
import { axe, overflow, Pages, PICTURES, picture } from '../support/pages.ts';
import { line } from '../support/story.ts';

const MARIO = code('ROSSI', 'MARIO', 'M', '1970-01-01');
const LUCIA = code('NERI', 'LUCIA', 'F', '1972-02-02');
const PIA = code('ROSSI', 'PIA', 'F', '2000-03-03');

// Many pages, each looked at in both languages: some ten seconds a test on a quiet machine.
vi.setConfig({ testTimeout: 300_000 });

let pages: Pages;
let officer: Office;
beforeAll(async () => {
  pages = await Pages.open(async (story) => {
    await story.begin(`
      id  nome         sesso  nascita     famiglia  stato  cf
      S1  ROSSI MARIO  M      1970-01-01  F1/1      2      ${MARIO}
      S2  NERI LUCIA   F      1972-02-02  F1/2      2      ${LUCIA}
      S3  ROSSI PIA    F      2000-03-03  F1/3      1      ${PIA}
      S4  ROSSI MARIO  M      1981-05-05  F2/1      1      ${code('ROSSI', 'MARIO', 'M', '1981-05-05')}
    `);
    await story.supply(line('1', 'RISERVATEZZA', '2025-02-01', { id_soggetto: 'S3', riservatezza: '1' }));
  }, '2025-03-02T09:00:00Z');
  officer = await pages.offices.open('registryOfficer', 'comune', { comune: '036001' });
});
afterAll(() => pages.close());

/** What has the focus: it is given after what is new on the page is painted. */
const focused = (page: Page) =>
  expect.poll(() => page.evaluate('document.activeElement.textContent.trim() || document.activeElement.id'));

describe('the counter, by keyboard alone', () => {
  let page: Page;
  beforeAll(async () => {
    ({ page } = await pages.window());
    await pages.signIn(page, officer);
    await pages.task(page, 'Cerca');
    await page.locator('#box').waitFor();
  });

  it('from what was typed to the family in four keys', async () => {
    await page.keyboard.type('rossi mario 1970');
    await page.keyboard.press('Enter');
    await page.getByText('cognome rossi, nome mario').waitFor();
    await page.getByRole('link', { name: 'ROSSI MARIO' }).waitFor();
    await focused(page).toBe('ROSSI MARIO');
    await picture(page, 'cerca');
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: 'Scheda' }).waitFor();
    await focused(page).toBe('Scheda');
    await picture(page, 'persona');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'NERI LUCIA' }).waitFor();
  });

  it('a life on two times: the slider of the days moves what held', async () => {
    await page.getByRole('tab', { name: 'Storia' }).click();
    const slider = page.getByRole('slider', { name: /Al giorno/ });
    await slider.waitFor();
    const before = await slider.getAttribute('aria-valuetext');
    const held = await page.locator('.spell.held').count();
    await slider.focus();
    await page.keyboard.press('Home');
    await expect.poll(() => slider.getAttribute('aria-valuetext')).not.toBe(before);
    await expect.poll(() => page.locator('.spell.held').count()).not.toBe(held);
    await page.keyboard.press('End');
    await picture(page, 'storia');
  });

  it('no address, title or storage of the browser names a person (security.md, 34)', async () => {
    const seen: string[] = await page.evaluate(`[location.href, document.title, JSON.stringify(localStorage),
      JSON.stringify(sessionStorage), document.cookie, JSON.stringify(history.state)]`);
    for (const text of seen) {
      expect(text).not.toMatch(/rossi|mario/i);
      expect(text).not.toContain(MARIO);
      expect(text).not.toMatch(/P\d+/);
    }
  });

  it('a reload shows the same person; Back brings the list back', async () => {
    await page.reload();
    await page.getByRole('heading', { level: 2, name: 'ROSSI MARIO' }).waitFor();
    await page.goBack();
    await page.getByText('cognome rossi, nome mario').waitFor();
    await page.getByRole('link', { name: 'ROSSI MARIO' }).waitFor();
  });

  it('what is too vague is answered with what to add', async () => {
    await page.locator('#box').fill('rossi');
    await page.keyboard.press('Enter');
    await page.getByText('Serve qualcosa in più').waitFor();
  });
});

it('two tabs of one user behave: each its own page, and the same address opens in both', async () => {
  const { context, page } = await pages.window();
  await pages.signIn(page, officer);
  await pages.task(page, 'Cerca');
  await page.locator('#box').fill(LUCIA);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'NERI LUCIA' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: 'Scheda' }).waitFor();
  // What the address stands for is on the server.
  await pages.settled(page);
  const second = await pages.page(context);
  await second.goto(page.url());
  await second.getByRole('heading', { level: 2, name: 'NERI LUCIA' }).waitFor();
  await context.close();
});

it('a verification at the counter: what agrees, what does not, and what cannot be told', async () => {
  const { context, page } = await pages.window();
  await pages.signIn(page, officer);
  await pages.task(page, 'Verifica');
  await page.getByLabel('Codice fiscale').first().fill(MARIO);
  await page.getByLabel('Comune', { exact: true }).selectOption('036001');
  await page.getByRole('button', { name: 'Verifica', exact: true }).click();
  await page.getByRole('heading', { name: /Residenza: Confermato/ }).waitFor();
  await page.getByRole('heading', { name: /Residenza: Confermato/ }).scrollIntoViewIfNeeded();
  await picture(page, 'verifica');
  await page.getByLabel('Comune', { exact: true }).selectOption('036002');
  await page.getByRole('button', { name: 'Verifica', exact: true }).click();
  await page.getByRole('heading', { name: /Residenza: Non confermato/ }).waitFor();
  await context.close();
});

it('a declaration without what it needs is not sent: the field says so', async () => {
  const { context, page } = await pages.window();
  await pages.signIn(page, officer);
  await pages.task(page, 'Verifica');
  await page.getByLabel('Codice fiscale').first().fill(MARIO);
  await page.getByLabel('Comune', { exact: true }).selectOption('');
  await page.getByRole('button', { name: 'Verifica', exact: true }).click();
  await page.getByText('Serve per questa dichiarazione').waitFor();
  await context.close();
});

describe('the statistics office', () => {
  let page: Page;
  beforeAll(async () => {
    ({ page } = await pages.window());
    const office = await pages.offices.open('statistics', 'statistica');
    await pages.signIn(page, office);
    await pages.task(page, 'Popolazione');
    await page.getByRole('heading', { name: /^Provincia, al/ }).waitFor();
  });

  it('sees the residents of today at once, by age and by comune, and nobody’s name', async () => {
    const sums = await page.locator('.counts li').allTextContents();
    expect(sums.slice(0, 3)).toEqual(['4 residenti', '2 maschi', '2 femmine']);
    const row = (name: string) =>
      page
        .getByRole('row')
        .filter({ has: page.getByRole('rowheader', { name }) })
        .getByRole('cell')
        .allTextContents();
    expect((await row('Bastiglia')).slice(0, 3)).toEqual(['2', '2', '4']);
    expect((await row('20-24')).slice(0, 3)).toEqual(['0', '1', '1']);
    expect(await page.locator('main').textContent()).not.toMatch(/ROSSI|NERI/);
    await picture(page, 'popolazione');
  });

  it('takes the numbers home as CSV: each age, each comune', async () => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Scarica in CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('popolazione-provincia-2025-03-02.csv');
    const text = readFileSync(await file.path(), 'utf8');
    expect(text).toContain('"residenti";"provincia";2;2;4;0;');
    expect(text).toContain('"età";24;0;1;1;0;');
    expect(text).toContain('"comune";"Bastiglia";2;2;4;0;');
  });

  it('asks for a comune and a day; a day before the register says why there is nobody', async () => {
    await page.getByLabel('Dove').selectOption({ label: 'Bastiglia' });
    await page.getByLabel(/^Al giorno/).fill('1/1/1900');
    await page.getByRole('button', { name: 'Conta' }).click();
    await page.getByRole('heading', { name: 'Bastiglia, al 01/01/1900' }).waitFor();
    await page.getByText('Nessun residente in quel giorno').waitFor();
    await page.getByLabel(/^Al giorno/).fill('');
    await page.getByRole('button', { name: 'Conta' }).click();
    await page.getByRole('heading', { name: 'Bastiglia, al 02/03/2025' }).waitFor();
    expect(await axe(page)).toEqual([]);
  });
});

it('a session that ends under a form loses nothing that was typed', async () => {
  const { context, page } = await pages.window();
  await pages.signIn(page, officer);
  await pages.task(page, 'Verifica');
  await page.getByRole('button', { name: 'Nuova verifica' }).click();
  await page.getByLabel('Cognome', { exact: true }).first().fill('ESPOSITO');
  await page.getByLabel('Nome', { exact: true }).first().fill('ANNA');
  const kept = page.waitForResponse((answer) => {
    const sent = answer.request().postData() ?? '';
    return sent.includes('ESPOSITO') && sent.includes('ANNA') && sent.includes('036001');
  });
  await page.getByLabel('Comune', { exact: true }).selectOption('036001');
  await kept;
  await context.clearCookies();
  await page.getByRole('button', { name: 'Verifica', exact: true }).click();
  await page.getByRole('heading', { name: 'La sessione è finita' }).waitFor();
  pages.offices.clock.pass(30_000);
  await page.getByRole('dialog').getByLabel('Password').fill('correttezza cavallo batteria');
  await page
    .getByRole('dialog')
    .getByLabel(/^Codice di sei/)
    .fill(pages.offices.code(officer.secret ?? ''));
  await page.getByRole('dialog').getByRole('button', { name: 'Entra', exact: true }).click();
  await page.getByRole('heading', { name: /Residenza: / }).waitFor();
  expect(await page.getByLabel('Cognome', { exact: true }).first().inputValue()).toBe('ESPOSITO');
  await context.close();
});

it('who lost their keys gets new ones by a colleague: the same number on both screens, then the code (security.md, 12)', async () => {
  const loser = await pages.offices.open('comuneClerk', 'comune', { comune: '036002' });
  const keeper = await pages.offices.open('keyCustodian', 'comune', { into: loser.body });
  const lost = await pages.window();
  await lost.page.getByRole('link', { name: 'Ho perso le mie chiavi' }).click();
  // The page before it has a field of the same name.
  await lost.page.getByRole('heading', { level: 1, name: 'Ho perso le mie chiavi' }).waitFor();
  await lost.page.getByLabel('Identificativo utente').fill(loser.user.user_id);
  await lost.page.getByRole('button', { name: 'Chiedi chiavi nuove' }).click();
  const number = (await lost.page.locator('.big-number').textContent()) ?? '';
  expect(number).toMatch(/^\d{8}$/);
  expect(await axe(lost.page)).toEqual([]);
  const { context, page } = await pages.window();
  await pages.signIn(page, keeper);
  await pages.task(page, 'Chiavi dei colleghi');
  await page.getByRole('row').filter({ hasText: number }).getByRole('button', { name: 'Approva' }).click();
  await page.getByRole('dialog').getByText(number).waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Approva' }).click();
  const code = (await page.locator('.notice .big-number').textContent()) ?? '';
  expect(await axe(page)).toEqual([]);
  await lost.page.reload();
  await lost.page.getByLabel('Codice del collega').fill(code);
  await lost.page.getByRole('button', { name: 'Continua' }).click();
  await lost.page.getByLabel('Password nuova').fill('correttezza cavallo batteria nuova');
  const secret = (await lost.page.locator('p.code').textContent()) ?? '';
  await lost.page.getByLabel('Primo codice dell’app').fill(pages.offices.code(secret));
  await lost.page.getByRole('button', { name: 'Conferma ed entra' }).click();
  await lost.page.getByRole('heading', { name: 'Che cosa devi fare?' }).waitFor();
  expect(await lost.page.evaluate('sessionStorage.getItem("sipop-chiavi-perse")')).toBeNull();
  await lost.context.close();
  await context.close();
});

describe('the administrator', () => {
  let page: Page;
  beforeAll(async () => {
    ({ page } = await pages.window());
    const administrator = await pages.offices.open('securityAdministrator', 'altro');
    await pages.signIn(page, administrator);
    await pages.task(page, 'Amministrazione');
  });

  it('invites a user, whose word is shown once, and gives a profile', async () => {
    await page.getByRole('tab', { name: 'Utenti' }).click();
    await page.getByText('Invita un utente').click();
    const form = page.locator('form').filter({ hasText: 'Crea l’invito' });
    await form.getByLabel('Ente').selectOption({ index: 1 });
    await form.getByLabel('Cognome').fill('Galli');
    await form.getByLabel('Nome', { exact: true }).fill('Ugo');
    await form.getByLabel('Codice fiscale').fill(code('GALLI', 'UGO', 'M', '1978-03-03'));
    await form.getByRole('button', { name: 'Crea l’invito' }).click();
    await page.getByText('da consegnare a mano').waitFor();
    await page.getByRole('rowheader', { name: /Galli Ugo/ }).waitFor();
    await picture(page, 'utenti');
    await page.reload();
    await page.getByRole('tab', { name: 'Utenti' }).click();
    await page.getByRole('rowheader', { name: /Galli Ugo/ }).waitFor();
    expect(await page.getByText('da consegnare a mano').count()).toBe(0);
  });

  it('suspends a user with a reason, which is asked for', async () => {
    const row = page.getByRole('row').filter({ hasText: 'Bianchi Anna' }).first();
    await row.getByRole('button', { name: 'Sospendi' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Sospendi' }).click();
    await dialog.getByText('Scrivi il motivo').waitFor();
    await dialog.getByRole('button', { name: 'Annulla' }).click();
  });

  it('sees what a profile sees: its menu, its fields, what it never reads', async () => {
    await page.getByRole('tab', { name: 'Profili' }).click();
    await page.getByLabel('Vedi come questo profilo').selectOption('school');
    const shown = page.locator('dl.facts').filter({ hasText: 'Dati che non legge mai' });
    await expect.poll(() => shown.textContent()).not.toContain('Cerca');
    expect(await page.locator('dl.facts').textContent()).toContain('Verifica');
  });

  it('every tab keeps WCAG 2.1 AA', async () => {
    for (const tab of ['Da decidere', 'Enti e convenzioni', 'Utenti', 'Profili']) {
      await page.getByRole('tab', { name: tab }).click();
      await pages.settled(page);
      expect(await axe(page), tab).toEqual([]);
    }
  });
});

describe('the auditor', () => {
  let page: Page;
  beforeAll(async () => {
    ({ page } = await pages.window());
    const auditor = await pages.offices.open('auditor', 'altro');
    await pages.signIn(page, auditor);
    await pages.task(page, 'Controllo');
  });

  it('finds who looked, and proves the trace of it', async () => {
    await page.getByRole('tab', { name: 'Accessi' }).click();
    await page.getByLabel('Operazione').selectOption({ label: 'Legge una persona' });
    await page.getByRole('button', { name: 'Cerca tra gli accessi' }).click();
    const first = page.getByRole('rowheader').first();
    await first.waitFor();
    const leaf = (await first.textContent()) ?? '';
    await page.getByRole('tab', { name: 'Prova di una traccia' }).click();
    await page.getByLabel('Numero della traccia').fill(leaf.trim());
    await page.getByRole('button', { name: 'Prova', exact: true }).click();
    await page.getByText(/è nel registro di \d+ tracce, intatta/).waitFor();
  });

  it('verifies the whole, and keeps a signed checkpoint', async () => {
    await page.getByRole('tab', { name: /Verifica dell/ }).click();
    await page.getByRole('button', { name: 'Verifica adesso tutte le tracce' }).click();
    await page.getByText(/Integro: \d+ tracce/).waitFor();
    await page.getByRole('button', { name: 'Fai un punto adesso' }).click();
    await page
      .getByRole('button', { name: /^Conserva/ })
      .first()
      .waitFor();
  });

  it('every tab keeps WCAG 2.1 AA', async () => {
    for (const tab of ['Anomalie', 'Accessi', 'Prova di una traccia', /Verifica dell/]) {
      await page.getByRole('tab', { name: tab }).click();
      await pages.settled(page);
      expect(await axe(page), String(tab)).toEqual([]);
    }
  });
});

it('the manual is there in both languages, is searched, and has every picture it names', async () => {
  const { context, page } = await pages.window();
  await page.goto(`${pages.http.base}/manuale`);
  await page.getByRole('heading', { name: 'Cercare' }).waitFor();
  await page.getByLabel('Cerca nel manuale').fill('passkey');
  await page.getByText(/ne parla/).waitFor();
  expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual(['Entrare']);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Signing in' }).waitFor();
  for (const name of ['pagine.md', 'pagine.en.md']) {
    const text = readFileSync(join(PICTURES, '../../manuale', name), 'utf8');
    const named = [...text.matchAll(/images\/pagine\/([a-z]+\.png)/g)].map(([, file]) => file ?? '');
    expect(named.length).toBeGreaterThan(4);
    for (const file of named) expect(existsSync(join(PICTURES, file)), file).toBe(true);
  }
  await context.close();
});

/** Ways of looking at a page (issue of the web application, Demands; WCAG 1.4.4, 1.4.10, 1.4.11). */
const LOOKS = [
  { name: 'wide', options: { viewport: { width: 1280, height: 900 } } },
  { name: '320 px', options: { viewport: { width: 320, height: 700 } } },
  { name: 'text at 200%', options: { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 } },
  { name: 'forced colours', options: { forcedColors: 'active' as const } },
];

describe.each(LOOKS)('WCAG 2.1 AA, $name', ({ name, options }) => {
  let page: Page;
  beforeAll(async () => {
    ({ page } = await pages.window(options));
  });

  const both = async (where: string) => {
    for (const language of ['English', 'Italiano']) {
      await page.getByRole('button', { name: language }).click();
      await page.locator(`html[lang=${language === 'English' ? 'en' : 'it'}]`).waitFor();
      await pages.settled(page);
      expect(await axe(page), `${where}, ${language}`).toEqual([]);
      expect(await overflow(page), `${where} sticks out`).toBeLessThanOrEqual(0);
    }
  };

  it('before signing in: sign-in, first use, receipts, statements', async () => {
    await both('sign-in');
    for (const path of [
      '/invito',
      '/chiavi-perse',
      '/ricevute',
      '/manuale',
      '/accessibilita',
      '/riservatezza',
    ]) {
      await page.goto(`${pages.http.base}${path}`);
      await page.locator('h1').waitFor();
      await both(path);
    }
    await page.goto(pages.http.base);
  });

  it('every task of a registry officer', async () => {
    await pages.signIn(page, officer);
    await both('home');
    await pages.task(page, 'Cerca');
    await page.locator('#box').fill('rossi mario 1970');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'ROSSI MARIO' }).waitFor();
    await both('list');
    await page.getByRole('link', { name: 'ROSSI MARIO' }).click();
    for (const tab of [/Scheda|Record/, /Famiglia|Family/, /Parentela|Relations/, /Storia|History/]) {
      await page.getByRole('tab', { name: tab }).click();
      await pages.settled(page);
      await both(String(tab));
    }
    for (const task of ['Indirizzi', 'Verifica', 'Forniture', 'Confronto', 'Popolazione']) {
      await pages.task(page, task);
      await both(task);
      if (task === 'Forniture' && name === 'wide') await picture(page, 'forniture');
    }
    await page.goto(`${pages.http.base}/chiavi`);
    await page.locator('h1').waitFor();
    await pages.settled(page);
    await both('keys');
  });
});

it('the first page weighs less than 200 kB compressed, the fonts aside', async () => {
  const { context, page } = await pages.window();
  const client = await context.newCDPSession(page);
  await client.send('Network.enable');
  await client.send('Network.clearBrowserCache');
  let bytes = 0;
  const kinds = new Map<string, string>();
  client.on('Network.responseReceived', ({ requestId, response }) => kinds.set(requestId, response.mimeType));
  client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (!(kinds.get(requestId) ?? '').includes('font')) bytes += encodedDataLength;
  });
  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThan(200_000);
  await context.close();
});

it('no page broke its policy, failed a request or threw', () => {
  expect(pages.faults).toEqual([]);
});
