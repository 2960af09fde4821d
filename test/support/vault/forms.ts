import * as clients from './clients.ts';
import * as requests from './requests.ts';
import { commonJs, esm, type Server } from './servers.ts';

/** How a server takes, and what is to be given back by which token. */
export interface Form {
  readonly server: Server;
  readonly lease?: 'own-token' | 'token-of-the-environment';
  readonly token?: 'own-token';
}

const environment = 'token-of-the-environment';
const own = 'own-token';

export const forms: Readonly<Record<string, Form>> = {
  'fetch, TypeScript': { server: esm('ts', requests.tokenOfTheEnvironment), lease: environment },
  'fetch with a login, JavaScript': { server: esm('js', requests.ownLogin), lease: own, token: own },
  'fetch with a login, TypeScript': { server: esm('ts', requests.ownLogin), lease: own, token: own },
  'fetch, CommonJS': { server: commonJs, lease: environment },
  'fetch in a class, TypeScript': { server: esm('ts', requests.fetchInClass), lease: environment },
  'fetch in a function, JavaScript': {
    server: esm('js', requests.fetchInFunction.replace(" ?? ''", '')),
    lease: environment,
  },
  'fetch in a function, TypeScript': { server: esm('ts', requests.fetchInFunction), lease: environment },
  'axios, TypeScript': { server: esm('ts', requests.axiosGet), lease: environment },
  'axios, JavaScript': { server: esm('js', requests.axiosGet), lease: environment },
  'axios with a login, TypeScript': { server: esm('ts', requests.axiosLogin), lease: own, token: own },
  'axios instance in a field, TypeScript': { server: esm('ts', requests.axiosInstance), lease: environment },
  'axios instance with a login, JavaScript': {
    server: esm('js', requests.axiosInstanceOfModule),
    lease: own,
    token: own,
  },
  'axios instance with a login, TypeScript': {
    server: esm('ts', requests.axiosInstanceOfModule),
    lease: own,
    token: own,
  },
  'undici request, TypeScript': { server: esm('ts', requests.undiciRequest), lease: environment },
  'undici fetch, JavaScript': { server: esm('js', requests.undiciFetch), lease: environment },
  'node-vault, TypeScript': { server: esm('ts', clients.nodeVault), lease: own, token: own },
  'node-vault, JavaScript': { server: esm('js', clients.nodeVault), lease: own, token: own },
  'node-vault in a class, TypeScript': {
    server: esm('ts', clients.nodeVaultInClass),
    lease: own,
    token: own,
  },
  'node-vault in a function, TypeScript': {
    server: esm('ts', clients.nodeVaultInFunction),
    lease: environment,
  },
  'node-vault in a function, JavaScript': {
    server: esm('js', clients.nodeVaultInFunction),
    lease: environment,
  },
  'hashi-vault-js, JavaScript': { server: esm('js', clients.hashiVault), token: own },
  'hashi-vault-js, TypeScript': { server: esm('ts', clients.hashiVault), token: own },
  'hashi-vault-js and axios, TypeScript': {
    server: esm('ts', clients.hashiVaultAndAxios),
    lease: own,
    token: own,
  },
  'hashi-vault-js and axios, JavaScript': {
    server: esm('js', clients.hashiVaultAndAxios),
    lease: own,
    token: own,
  },
};
