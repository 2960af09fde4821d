job "notes" {
  group "api" {
    task "process" {
      driver       = "raw_exec"
      kill_timeout = "10s"

      config {
        command = "node"
        args    = ["src/index.ts"]
      }
    }

    task "container" {
      driver       = "docker"
      kill_timeout = "10s"
      kill_signal  = "SIGUSR2" # nobody knows why
      config {
        image = "notes"
      }
    }

    task "as-the-image-says" {
      driver       = "docker"
      kill_timeout = "10s"
      config {
        image = "notes"
      }
    }
  }
}
