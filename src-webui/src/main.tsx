import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { start } from "./app/start";
import "./styles/base.css";
import "./styles/layout.css";
import "./styles/chat.css";
import "./styles/trail.css";
import "./styles/approval.css";
import "./styles/agents.css";
import "./styles/side.css";
import "./styles/audit.css";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(<App started={start()} />);
