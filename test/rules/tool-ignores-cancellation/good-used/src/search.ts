interface Extra {
  signal: AbortSignal;
}

export const search = (words: string, context: Extra) =>
  fetch(`https://search.example/?q=${words}`, { signal: context.signal });
