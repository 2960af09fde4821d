import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import express from "express";
import { createServer } from "./server";

const app = express();
app.post("/mcp", express.json(), async (req, res) => {
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    await createServer().connect(transport);
    await transport.handleRequest(req, res, req.body);
});
const listener = app.listen(3000);

if (process.env.NODE_ENV !== "test") {
    let isStopping = false;
    process.on("SIGINT", async () => {
        if (isStopping) return;
        isStopping = true;
        setTimeout(() => process.exit(1), 8_000).unref();
        console.log("Caught SIGINT, closing");
        await new Promise((resolve) => listener.close(resolve));
        process.exit(0);
    });
}
