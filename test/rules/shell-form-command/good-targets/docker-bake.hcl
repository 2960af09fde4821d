variable "STAGE" {}
target "x" {
  target = "${STAGE}"
}
