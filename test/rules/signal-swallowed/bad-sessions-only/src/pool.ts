class ApiConnection {
  private requests = 0;

  async request(path: string): Promise<string> {
    this.requests += 1;
    const answer = await fetch(`https://budget.example/${path}`);
    return answer.text();
  }

  async shutdown(): Promise<void> {
    console.log(`done after ${this.requests} requests`);
  }
}

export class ConnectionPool {
  private readonly connections = new Map<string, ApiConnection>();

  of(user: string): ApiConnection {
    let connection = this.connections.get(user);
    if (!connection) {
      connection = new ApiConnection();
      this.connections.set(user, connection);
    }
    return connection;
  }

  async shutdownAll(): Promise<void> {
    for (const connection of this.connections.values()) await connection.shutdown();
    this.connections.clear();
  }
}

export const connectionPool = new ConnectionPool();
