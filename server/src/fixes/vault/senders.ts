/** How a library sends what gives something back. `by` is its function or object by the file's name for it. */
export interface Sender {
  /** The lines of the call; `options` is text for inside its options, headers first. */
  lease(by: string, url: string, options: string): readonly string[];
  token(by: string, url: string, options: string): readonly string[];
  /** The lines of a function that these name. */
  helper(by: string): string;
  /** The type of the headers that it takes. */
  headers(by: string): string;
  /** Where the body is in what it gives; it may have to be read from that first. */
  readonly body: readonly string[];
}

const byHelper = {
  lease: (_: string, url: string, options: string) => [
    `tellVault(${url}, {`,
    "  method: 'PUT',",
    `  ${options},`,
    '  body: JSON.stringify({ lease_id, sync: true }),',
    '})',
  ],
  token: (_: string, url: string, options: string) => [`tellVault(${url}, { method: 'POST', ${options} })`],
  headers: (by: string) => `NonNullable<Parameters<typeof ${by}>[1]>['headers']`,
  body: [],
};

/** The ways to send, by what the server sends its own requests with. */
export const senders: Readonly<Record<'fetch' | 'undici' | 'axios' | 'instance', Sender>> = {
  fetch: {
    ...byHelper,
    helper: (
      fetch,
    ) => `const tellVault = async (url‹: string›, options‹: Parameters<typeof ${fetch}>[1]›) => {
  const response = await ${fetch}(url, { ...options, signal });
  if (!response.ok) throw new Error(\`Vault answered \${response.status}\`);
};`,
  },
  undici: {
    ...byHelper,
    helper: (
      request,
    ) => `const tellVault = async (url‹: string›, options‹: Parameters<typeof ${request}>[1]›) => {
  const { statusCode, body } = await ${request}(url, { ...options, signal });
  await body.dump();
  if (statusCode >= 300) throw new Error(\`Vault answered \${statusCode}\`);
};`,
  },
  axios: {
    lease: (axios, url, options) => [
      `${axios}.put(${url}, { lease_id, sync: true }, { ${options}, signal })`,
    ],
    token: (axios, url, options) => [`${axios}.post(${url}, undefined, { ${options}, signal })`],
    helper: () => '',
    headers: (axios) => `NonNullable<Parameters<typeof ${axios}.put>[2]>['headers']`,
    body: ['data'],
  },
  instance: {
    lease: (vault, url, options) => [
      `${vault}put(${url}, { lease_id, sync: true }, { ${options === '' ? '' : `${options}, `}signal })`,
    ],
    token: (vault, url, options) => [`${vault}post(${url}, undefined, { ${options}, signal })`],
    helper: () => '',
    headers: () => 'Record<string, string>',
    body: ['data'],
  },
};
