# The job that people start with `nomad job run`.
variable "image" {
  type    = string
  default = "registry.example.com/notes:1.4.0"
}

job "notes" {
  datacenters = ["dc1", "dc2"]

  group "api" {
    count = 2
    shutdown_delay = "4s" // Consul forgets it first

    network {
      port "http" { to = 3000 }
    }

    task "server" {
      driver = "docker"

      config {
        image = var.image
        ports = ["http"]
      }

      env {
        DRAIN_TIMEOUT_MS = "20000"
        GREETING         = "hello ${NOMAD_ALLOC_ID} {"
      }

      resources { cpu = 500 }
    }

    task "second" { # the same with a period of its own
      kill_timeout = "15s" # long enough
      driver       = "docker"
      config {
        image   = "registry.example.com/notes:${var.tag}"
        command = "node"
        args    = ["src/index.ts", "--port", "3001"]
      }
      env = { DRAIN_TIMEOUT_MS = "20000" }
    }
  }
}
