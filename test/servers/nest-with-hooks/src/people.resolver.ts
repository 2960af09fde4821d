import { Resolver, Tool } from '@nestjs-mcp/server';
import { z } from 'zod';
import { DatabaseService } from './database.service';

@Resolver('people')
export class PeopleResolver {
  constructor(private readonly database: DatabaseService) {}

  @Tool({ name: 'find_person', paramsSchema: { name: z.string() } })
  async find({ name }: { name: string }) {
    const { rows } = await this.database.find(name);
    return { content: [{ type: 'text' as const, text: JSON.stringify(rows) }] };
  }
}
