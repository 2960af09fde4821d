const apiKey = process.env.API_KEY ?? '';
const TOKEN_URL = 'https://login.example.com/token';
let inputTokens = 0;
const passwords = new Map<string, string>();

export async function tokenFor(user: string): Promise<string> {
  inputTokens += user.length;
  const response = await fetch(TOKEN_URL, { headers: { Authorization: apiKey } });
  return `${await response.text()} ${passwords.get(user)} ${inputTokens}`;
}
