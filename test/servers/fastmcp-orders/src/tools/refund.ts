import { UserError } from 'fastmcp';
import { z } from 'zod';
import { prisma } from '../prisma.js';

export const refundTool = {
  name: 'refund_order',
  description: 'Pays an order back',
  parameters: z.object({ orderId: z.string(), cents: z.number().int().positive() }),
  execute: async ({ orderId, cents }: { orderId: string; cents: number }) => {
    const order = await prisma.order.findUnique({ where: { id: orderId } });
    if (!order) throw new UserError('no such order');
    await prisma.$transaction([
      prisma.refund.create({ data: { orderId, cents } }),
      prisma.order.update({ where: { id: orderId }, data: { state: 'refunded' } }),
    ]);
    return `refunded ${cents} cents`;
  },
};
