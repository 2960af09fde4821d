resource "aws_lambda_function" "mcp" {
  function_name = "routes-mcp"
  handler       = "run.sh"
  runtime       = "nodejs22.x"
  layers        = ["arn:aws:lambda:eu-west-1:753240598075:layer:LambdaAdapterLayerX86:25"]
}
