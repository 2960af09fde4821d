import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const patience = 20_000;
const attempts = 5;

/** What a person does in the workbench, and what they see. Each action waits until it has had its effect. */
export class Person {
  #folder;

  /**
   * @param {import('playwright-core').Page} page
   * @param {string} folder the workspace folder, on disk
   */
  constructor(page, folder) {
    this.page = page;
    this.#folder = folder;
    page.setDefaultTimeout(patience);
  }

  /** Saves what is to be seen. */
  async photograph(file) {
    await this.#settle();
    await this.page.screenshot({ path: file, animations: 'disabled' });
  }

  /** Opens a file with a double click in the explorer. */
  async openFromExplorer(name) {
    const row = this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name });
    await row.first().dblclick();
    await this.editorOf(name);
  }

  /** Opens a file by a part of its path, in the active group of editors or in one beside it. */
  async openByName(path, name, { beside = false } = {}) {
    await this.#pressUntil('Control+P', this.page.locator('.quick-input-widget input'));
    await this.page.locator('.quick-input-widget input').fill(path);
    await this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: name }).waitFor();
    await this.page.keyboard.press(beside ? 'Control+Enter' : 'Enter');
    await this.editorOf(name);
  }

  /** Puts the cursor at `line:column` of the active editor. */
  async goTo(place) {
    const input = this.page.locator('.quick-input-widget input');
    await this.#pressUntil('Control+G', input);
    await input.fill(`:${place}`);
    await this.page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden' });
  }

  /** Runs a command of the palette by its full title. */
  async command(title) {
    const input = this.page.locator('.quick-input-widget input');
    await this.#pressUntil('F1', input);
    await input.fill(`>${title}`);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click();
  }

  async editorOf(name, timeout = patience) {
    await this.page
      .locator('.editor-group-container.active .tab.active', { hasText: name })
      .waitFor({ timeout });
  }

  /** The underlined places of the active editor. */
  squiggles(severity) {
    return this.page.locator(`.editor-group-container.active .squiggly-${severity}`);
  }

  /** Rests the mouse on the first squiggle until its hover shows this text. @returns the hover's whole text */
  async hoverOver(severity, text) {
    const squiggle = this.squiggles(severity).first();
    const hover = this.page.locator('.monaco-hover:not(.hidden)', { hasText: text }).first();
    await this.retry(async () => {
      const { x, y, width, height } = await squiggle.boundingBox();
      await this.page.mouse.move(x + width + 150, y + height + 120);
      await this.page.mouse.move(x + Math.min(width / 2, 60), y + height / 2, { steps: 5 });
      await hover.waitFor({ timeout: patience / attempts });
    });
    return hover.textContent();
  }

  /** Puts the cursor on the first squiggle and opens the menu of its light bulb. */
  async openLightBulb(severity, entry) {
    const { x, y, width, height } = await this.squiggles(severity).first().boundingBox();
    await this.page.mouse.click(x + Math.min(width / 2, 60), y + height / 2);
    await this.page.mouse.move(x + width + 250, y + height + 200);
    // It hangs in the text or in the margin, whichever has room.
    const bulbs = this.page.locator('.monaco-editor .lightBulbWidget, .monaco-editor [class*=lightbulb]');
    await bulbs.filter({ visible: true }).first().waitFor();
    const row = this.#menuEntry(entry);
    await this.#pressUntil('Control+.', row);
    return row;
  }

  async takeMenuEntry(entry) {
    await this.#menuEntry(entry).click();
    await this.#menuEntry(entry).waitFor({ state: 'hidden' });
  }

  /** Looks at what an entry would change, with every box ticked, and applies that. */
  async previewMenuEntry(entry, photograph) {
    await this.#menuEntry(entry).hover();
    await this.page.keyboard.press('Control+Enter');
    const panel = this.page.locator('.part.panel');
    await panel.locator('.monaco-list-row .edit-checkbox').first().waitFor();
    await this.photograph(photograph);
    await panel.locator('.monaco-button', { hasText: 'Apply' }).click();
  }

  /** Saves the active editor. @returns the file's text on disk */
  async save(path) {
    await this.page.locator('.tab.active.dirty').waitFor();
    await this.page.keyboard.press('Control+S');
    await this.page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
    return readFileSync(join(this.#folder, path), 'utf8');
  }

  /** A file's text on disk, once it matches: an action over several files saves them by itself. */
  async onDisk(path, pattern) {
    const file = join(this.#folder, path);
    for (let tries = 0; tries < 100; tries += 1) {
      const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
      if (pattern.test(text)) return text;
      await this.page.waitForTimeout(100);
    }
    throw new Error(`${path} never matched ${pattern}`);
  }

  #menuEntry(text) {
    return this.page.locator('.action-widget .monaco-list-row', { hasText: text }).first();
  }

  /** Key presses are lost while the workbench is busy. */
  async #pressUntil(key, expected) {
    await this.retry(async () => {
      await this.page.keyboard.press(key);
      await expected.waitFor({ timeout: patience / attempts });
    });
  }

  /** What the workbench may lose while it is busy is done again. */
  async retry(action) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await action();
      } catch (error) {
        if (attempt === attempts) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Lets fades and scroll bars come to rest, which nothing announces. */
  async #settle() {
    await this.page.waitForTimeout(500);
  }
}
