const base = process.env.WEATHER_URL ?? 'https://api.weather.example/v2';

/** One line a day. */
export async function forecastFor(city, days) {
  const response = await fetch(`${base}/forecast?city=${encodeURIComponent(city)}&days=${days}`);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const { daily } = await response.json();
  return daily.map((day) => `${day.date}: ${day.summary}, ${day.high} degrees`);
}
