let cachedApiKey: string | undefined;
let maxTokens = 4096;

export async function tokenFor(user: string): Promise<string> {
  maxTokens = Math.max(maxTokens, user.length);
  if (!cachedApiKey) {
    const response = await fetch('https://login.example.com/key');
    cachedApiKey = await response.text();
  }
  return cachedApiKey;
}
