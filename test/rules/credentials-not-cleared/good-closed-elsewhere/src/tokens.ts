let accessToken: string | null = null;

export async function tokenFor(user: string): Promise<string> {
  const response = await fetch('https://login.example.com/token', { method: 'POST', body: user });
  accessToken = await response.text();
  return accessToken;
}

export async function stopLogin(): Promise<void> {
  await fetch('https://login.example.com/revoke', { method: 'POST', body: accessToken });
  accessToken = null;
}
