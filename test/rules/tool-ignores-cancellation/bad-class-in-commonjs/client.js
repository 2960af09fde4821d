const axios = require('axios');

module.exports = class RepoClient {
  constructor(token) {
    this.http = axios.create({ baseURL: 'https://git.example/api', headers: { authorization: `Bearer ${token}` } });
  }

  async issues(repo) {
    const { data } = await this.http.get(`/repos/${repo}/issues`);
    return data;
  }
};
