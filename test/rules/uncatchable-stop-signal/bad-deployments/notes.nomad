job "notes" {
  group "api" {
    task "server" {
      driver      = "docker"
      kill_signal = "SIGKILL" // faster
      config { image = "ghcr.io/acme/notes" }
    }
  }
}
