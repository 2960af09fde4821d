job "notes-batch" {
  group "batch" {
    task "server" {
      driver = "docker"
      config {
        image = "registry.example.com/notes"
      }
      env {
        DRAIN_TIMEOUT_MS = "40000"
      }
    }

    task "plain" {
      driver = "exec"
      config {
        command = "/usr/bin/node"
        args    = ["local/src/index.ts"]
      }
    }
  }
}
