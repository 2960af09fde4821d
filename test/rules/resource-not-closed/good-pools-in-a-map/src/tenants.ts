import { Pool } from 'pg';

const pools = new Map<string, Pool>();

function poolOf(tenant: string): Pool {
  let pool = pools.get(tenant);
  if (!pool) {
    pool = new Pool({ database: tenant });
    pools.set(tenant, pool);
  }
  return pool;
}

export async function report(): Promise<string> {
  const { rows } = await poolOf('default').query('select count(*) from orders');
  return rows[0].count;
}

export async function closeAll(): Promise<void> {
  await Promise.allSettled([...pools.values()].map((pool) => pool.end()));
  pools.clear();
}
