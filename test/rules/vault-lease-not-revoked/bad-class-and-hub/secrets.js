import vault from 'node-vault';

export class Secrets {
  #client = vault({ endpoint: process.env.VAULT_ADDR });

  async login() {
    const { auth } = await this.#client.approleLogin({ role_id: process.env.ROLE_ID, secret_id: process.env.SECRET_ID });
    this.#client.token = auth.client_token;
  }

  async database() {
    const { data } = await this.#client.read('database/creds/reader');
    return { user: data.username, password: data.password };
  }
}
