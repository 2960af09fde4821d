/** How a client for HashiCorp Vault hands out secrets that end, and how they are given back. */
export interface VaultClient {
  readonly modules: readonly string[];
  /** What makes the client, as `Value` writes it. */
  readonly opens: readonly string[];
  /** Methods that log in: the token that they give is this process's own. */
  readonly logins: readonly string[];
  /** Methods that take a path first: a lease, where that is the path of a dynamic secret. */
  readonly reads: readonly string[];
  /** Methods that always give a lease. */
  readonly leases: readonly string[];
  /** A call that gives a lease back for certain, of the client: not each method of that name does. */
  readonly revokingLease: string;
  /** Whether a login sets the token that it goes on with; else each call is given one. */
  readonly keepsToken: boolean;
  readonly revokesLease: readonly string[];
  /** With a token go the leases that were taken with it. */
  readonly revokesToken: readonly string[];
}

/** The clients of Vault that are known. */
export const vaultClients: readonly VaultClient[] = [
  {
    modules: ['node-vault'],
    opens: ['()'],
    logins: [
      'approleLogin',
      'awsIamLogin',
      'certLogin',
      'gcpLogin',
      'githubLogin',
      'jwtLogin',
      'kubernetesLogin',
      'ldapLogin',
      'oktaLogin',
      'radiusLogin',
      'userpassLogin',
    ],
    reads: ['read', 'write', 'request'],
    leases: ['generateDatabaseCredentials'],
    // Its `revoke()` sends no `sync`, and takes the 202 that Vault answers then for a failure.
    revokingLease: "request({ method: 'PUT', path: '/sys/leases/revoke', json: { lease_id, sync: true } })",
    keepsToken: true,
    revokesLease: ['revoke', 'revokePrefix'],
    revokesToken: ['tokenRevokeSelf', 'tokenRevoke', 'tokenRevokeAccessor', 'tokenRevokeOrphan'],
  },
  {
    modules: ['hashi-vault-js'],
    opens: ['()', 'Vault()'],
    logins: ['loginWithAppRole', 'loginWithCert', 'loginWithK8s', 'loginWithLdap', 'loginWithUserpass'],
    reads: [],
    leases: [],
    revokingLease: '',
    keepsToken: false,
    revokesLease: [],
    revokesToken: ['revokeSelfToken', 'revokeToken', 'revokeAccessor'],
  },
];

/** Paths of Vault's HTTP API, which clients of one's own use as well. */
export const vaultPaths = {
  /** Dynamic secrets come with a lease: `database/creds/app`, `aws/sts/deploy`. Static ones do not. */
  lease: /(^|[/}])(?!static-)creds\/|(^|[/}])sts\//,
  login: /(^|[/}])auth\/[^/]+\/login(\/|$)/,
  revokesLease: /sys\/leases\/revoke|sys\/revoke/,
  revokesToken: /auth\/token\/revoke/,
} as const;
