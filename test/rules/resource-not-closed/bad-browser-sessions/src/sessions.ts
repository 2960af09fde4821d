import { Stagehand } from '@browserbasehq/stagehand';

async function openStagehand(): Promise<Stagehand> {
  const stagehand = new Stagehand({ env: 'BROWSERBASE' });
  await stagehand.init();
  return stagehand;
}

export class Sessions {
  private readonly open_ = new Map<string, { stagehand: Stagehand; title(): Promise<string> }>();

  async open(id: string) {
    const known = this.open_.get(id);
    if (known) return known;
    const stagehand = await openStagehand();
    const session = { stagehand, title: () => stagehand.page.title() };
    this.open_.set(id, session);
    return session;
  }

  private async closeOne(id: string): Promise<void> {
    await this.open_.get(id)?.stagehand.close();
    this.open_.delete(id);
  }

  async closeAll(): Promise<void> {
    for (const id of this.open_.keys()) await this.closeOne(id);
  }
}
