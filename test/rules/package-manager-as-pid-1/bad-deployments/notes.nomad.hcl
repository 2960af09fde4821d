job "notes" {
  group "api" {
    task "server" {
      driver = "docker"
      config {
        image   = "${var.registry}/notes-server:1.2"
        command = "npm"     # the MCP server
        args    = ["start"]
      }
    }

    task "http" {
      driver = "docker"
      config {
        image   = "notes-server"
        command = "npm"
        args    = ["run", "start:http"]
      }
    }
  }
}
