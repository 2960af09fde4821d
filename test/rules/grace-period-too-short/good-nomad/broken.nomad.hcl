job "notes" {
  group "api" {
    task "server" {
      driver = "docker"
      config { image = "registry.example.com/notes
