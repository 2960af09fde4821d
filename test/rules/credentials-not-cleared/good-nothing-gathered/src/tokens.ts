const apiKey = process.env.API_KEY ?? '';
const TOKEN_URL = 'https://login.example.com/token';
let inputTokens = 0;
let CHARACTERS_PER_TOKEN = 4;
/** Kept out of the logs to the last line, also of the shutdown. */
let redactedSecrets: string[] = [];
const passwords = new Map<string, string>();

export async function tokenFor(user: string): Promise<string> {
  inputTokens += user.length;
  const response = await fetch(TOKEN_URL, { headers: { Authorization: apiKey } });
  const text = await response.text();
  CHARACTERS_PER_TOKEN = text.length / inputTokens;
  redactedSecrets = [text, apiKey];
  return `${text} ${passwords.get(user)} ${inputTokens} ${CHARACTERS_PER_TOKEN} ${redactedSecrets.length}`;
}
