job "notes" {
  group "api" {
    shutdown_delay = "20s"

    task "server" {
      driver       = "docker"
      kill_timeout = "10s"
      config {
        image = "registry.example.com/notes"
      }
    }

    # What the client allows and the variable says is not known here.
    task "set-elsewhere" {
      driver       = "docker"
      kill_timeout = var.patience
      config { image = "registry.example.com/notes" }
    }

    task "migrate" {
      driver = "docker"
      lifecycle {
        hook = "prestart"
      }
      config {
        image = "registry.example.com/notes"
      }
    }

    task "redis" {
      driver = "docker"
      config { image = "redis:7" }
    }

    task "drain-from-consul" {
      driver = "docker"
      config { image = "registry.example.com/notes" }
      env { DRAIN_TIMEOUT_MS = "${NOMAD_META_drain}" }
    }
  }
}
