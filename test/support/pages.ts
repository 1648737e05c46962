/** The pages as built, a server with a small register behind them, and a real browser, for tests of what whoever works there sees. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page, Request } from 'playwright-core';
import { AuditLog } from '../../src/access/audit/append.service.ts';
import { makeAuditKeys } from '../../src/access/audit/audit-keys.ts';
import { httpRoutes } from '../../src/entry/http.ts';
import { builtPages } from '../../src/entry/web-build.ts';
import { openBrowser } from './browser.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { type TestServer, testServer } from './http.ts';
import { Clock, type Office, Offices, PASSWORD } from './offices.ts';
import { Story } from './story.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** axe-core as a script of the page. */
const AXE = readFileSync(join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8');

/** How long a page is waited for: a busy machine is some times slower than a quiet one. Below the limit of a test, so that what was waited for is told. */
const PATIENCE = 60_000;
/** How much slower the processor is made for the pages, to find what a test does not wait for: `SIPOP_SLOW_BROWSER=6`. */
const SLOWER = Number(process.env['SIPOP_SLOW_BROWSER'] ?? 1);
/** The next picture of the page is painted, and what it set off has been run. */
const FRAME = 'new Promise((done) => requestAnimationFrame(() => setTimeout(done)))';
/** Frames in a row without anything awaited after which a page is what it is. */
const CALM = 3;

export interface AxeViolation {
  readonly id: string;
  readonly nodes: readonly string[];
}

export class Pages {
  readonly test: TestDatabase;
  readonly offices: Offices;
  readonly http: TestServer;
  readonly browser: Browser;
  readonly #folder: string;
  /** What a page of any test wrote into the console as an error, or threw. */
  readonly faults: string[] = [];
  /** What the pages of each window have asked for and not been given yet. */
  readonly #asked = new WeakMap<BrowserContext, Set<Request>>();

  private constructor(
    test: TestDatabase,
    offices: Offices,
    http: TestServer,
    browser: Browser,
    folder: string,
  ) {
    this.test = test;
    this.offices = offices;
    this.http = http;
    this.browser = browser;
    this.#folder = folder;
  }

  /** @param tell the register that stands behind the pages */
  static async open(tell: (story: Story) => Promise<void>, now: string): Promise<Pages> {
    const pages = await builtPages(ROOT, () => undefined);
    const test = await testDatabase();
    await tell(new Story(test.db));
    const folder = mkdtempSync(join(tmpdir(), 'sipop-pages-'));
    const offices = new Offices(test.db, new Clock(now));
    await offices.begin();
    const audit = new AuditLog(test.db, makeAuditKeys(join(folder, 'keys.json')));
    const http = await testServer(httpRoutes(await offices.serving(audit, folder)), {
      pages,
      bodyLimit: 200_000,
    });
    return new Pages(test, offices, http, await openBrowser(), folder);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.http.stop();
    await this.test.drop();
    rmSync(this.#folder, { recursive: true });
  }

  /** A window of its own, at the first page. */
  async window(options: BrowserContextOptions = {}): Promise<{ context: BrowserContext; page: Page }> {
    const context = await this.browser.newContext({
      viewport: { width: 1280, height: 900 },
      locale: 'it-IT',
      ...options,
    });
    context.setDefaultTimeout(PATIENCE);
    const asked = new Set<Request>();
    this.#asked.set(context, asked);
    context.on('request', (request) => asked.add(request));
    context.on('requestfinished', (request) => asked.delete(request));
    context.on('requestfailed', (request) => asked.delete(request));
    const page = await this.page(context);
    await page.goto(this.http.base);
    return { context, page };
  }

  /** One more page of a window, empty. */
  async page(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    page.on('console', (message) => {
      // A 401 is how the page learns that nobody is signed in.
      if (message.type() === 'error' && !message.text().includes('401')) this.faults.push(message.text());
    });
    page.on('pageerror', (error) => this.faults.push(error.message));
    if (SLOWER > 1) {
      const client = await context.newCDPSession(page);
      await client.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    }
    return page;
  }

  /**
   * Waits until the page is what it will be: nothing asked for is outstanding, and it tells nobody to wait. Playwright's `networkidle` speaks of the document's
   * load alone: once that was, it is so for ever, whatever a click fetches.
   */
  async settled(page: Page): Promise<void> {
    const asked = this.#asked.get(page.context());
    const until = performance.now() + PATIENCE;
    for (let calm = 0; calm < CALM; ) {
      await page.evaluate(FRAME);
      const waits = (asked?.size ?? 0) > 0 || (await page.locator('.wait').count()) > 0;
      calm = waits ? 0 : calm + 1;
      if (performance.now() > until)
        throw new Error(`the page still waits for ${[...(asked ?? [])].map((r) => r.url()).join(' ')}`);
    }
  }

  /** Signs in, as an operator would, by password and code. */
  async signIn(page: Page, office: Office): Promise<void> {
    this.offices.clock.pass(30_000);
    await page.getByLabel(/^(Identificativo utente|User identifier)/).fill(office.user.user_id);
    await page.getByLabel('Password').fill(PASSWORD);
    if (office.secret !== null)
      await page.getByLabel(/^(Codice di sei|Six-digit)/).fill(this.offices.code(office.secret));
    await page.getByRole('button', { name: /^(Entra|Sign in)$/ }).click();
    await page.getByRole('heading', { level: 1, name: /Che cosa devi fare|What do you need/ }).waitFor();
  }

  /** Goes to a task of the menu and, where asked, says what for. */
  async task(page: Page, name: string, file = '2026/15'): Promise<void> {
    const link = page.getByRole('navigation', { name: 'Menu principale' }).getByRole('link', { name });
    await link.click();
    // The page before stays until the code of this one is here: the link is the current one from then on.
    await link.and(page.locator('[aria-current=page]')).waitFor();
    await this.settled(page);
    const purpose = page.getByLabel('Scopo');
    if ((await purpose.count()) === 0) return;
    if ((await purpose.inputValue()) === '') await purpose.selectOption({ index: 1 });
    await page.getByLabel('Numero di pratica').fill(file);
    await page.getByRole('button', { name: 'Comincia' }).click();
    await page.getByRole('region', { name: 'Pratica in corso' }).waitFor();
    await this.settled(page);
  }
}

/** What axe finds against WCAG 2.1 A and AA on the page as it is. */
export async function axe(page: Page): Promise<readonly AxeViolation[]> {
  await page.evaluate(AXE);
  return page.evaluate(`axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] })
    .then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)) })))`);
}

/** Does anything stick out of the page at the side? (WCAG 1.4.10: no scrolling in two directions at 320 px) */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** Where the pictures of the manual are. */
export const PICTURES = join(ROOT, 'docs/images/pagine');

/** Takes a picture for the manual, where SIPOP_PICTURES asks for it: `SIPOP_PICTURES=1 ./sipop test test/browser/pages.test.ts`. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env['SIPOP_PICTURES'] === undefined) return;
  await page.evaluate('document.fonts.ready');
  await page.screenshot({ path: join(PICTURES, `${name}.png`), animations: 'disabled' });
}
