/** What a server serves with: MCP server objects, the routes of its HTTP application, where requests reach a transport. */
export type { Handover } from './serving/handovers.ts';
export { instancesIn, type ServerInstance } from './serving/instances.ts';
export { isHealthRoute, isPassedBefore, type Route } from './serving/route.ts';
export { routesIn } from './serving/routes.ts';
export { sidePortsAmong } from './serving/sidePorts.ts';
