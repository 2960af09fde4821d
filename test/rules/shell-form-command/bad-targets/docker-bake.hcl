group "default" {
  targets = ["api"]
}

target "api" {
  context    = "docker"
  dockerfile = "api.Dockerfile"
  target     = "api"
  args = {
    target = "no"
  }
}
