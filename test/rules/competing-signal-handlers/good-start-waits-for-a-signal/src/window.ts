export class Window {
  isVisible = true;

  hide(): void {
    this.isVisible = false;
  }
}

export function openWindow(): Window {
  return new Window();
}
