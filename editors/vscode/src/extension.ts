// Starts `tthc lsp` and shows the picture of a process beside its text. Everything else is the server's.

import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";

interface Diagram {
  svg: string;
  /// Where the steps stand, by the number of their group in the picture.
  steps: ({ uri: string; range: { start: { line: number; character: number } } } | null)[];
}

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const preview = new Preview();
  context.subscriptions.push(
    preview,
    vscode.commands.registerCommand("tthc.restart", start),
    vscode.commands.registerCommand("tthc.showDiagram", () => preview.show()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("tthc.path") || change.affectsConfiguration("tthc.language")) {
        void start();
      }
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

async function start(): Promise<void> {
  await client?.stop().catch(() => undefined);
  const settings = vscode.workspace.getConfiguration("tthc");
  const server: ServerOptions = {
    command: settings.get("path", "tthc"),
    args: ["lsp", "--lang", settings.get("language", "vi")],
  };
  const options: LanguageClientOptions = {
    documentSelector: [
      { scheme: "file", language: "tthc" },
      { scheme: "untitled", language: "tthc" },
    ],
  };
  client = new LanguageClient("tthc", "tthc", server, options);
  try {
    await client.start();
  } catch {
    const install = `Không chạy được '${server.command} lsp'. Hãy cài tthc, hoặc ghi đường dẫn vào thiết lập tthc.path.`;
    void vscode.window.showErrorMessage(install);
  }
}

/// The picture of the procedure at the cursor, drawn again as its text changes.
class Preview implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private source: vscode.TextDocument | undefined;
  private position = new vscode.Position(0, 0);
  private timer: NodeJS.Timeout | undefined;
  private steps: Diagram["steps"] = [];
  private shown = "";
  private readonly listeners = [
    vscode.workspace.onDidChangeTextDocument((change) => {
      if (change.document === this.source) {
        this.later();
      }
    }),
    vscode.window.onDidChangeTextEditorSelection((change) => {
      if (change.textEditor.document === this.source) {
        this.position = change.selections[0].active;
        this.later();
      }
    }),
  ];

  async show(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (editor?.document.languageId !== "tthc") {
      return;
    }
    this.source = editor.document;
    this.position = editor.selection.active;
    if (!this.panel) {
      const beside = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
      this.panel = vscode.window.createWebviewPanel("tthc.diagram", "Sơ đồ quy trình", beside, {
        enableScripts: true,
        localResourceRoots: [],
      });
      this.panel.webview.onDidReceiveMessage((step: unknown) => void this.open(step));
      this.panel.onDidDispose(() => (this.panel = undefined));
      this.shown = "";
    }
    await this.draw();
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.draw(), 200);
  }

  private async draw(): Promise<void> {
    if (!this.panel || !this.source || !client?.isRunning()) {
      return;
    }
    const params = { textDocument: { uri: this.source.uri.toString() }, position: this.position };
    // A text that has changed meanwhile is asked about again soon.
    const diagram = await client.sendRequest<Diagram | null>("tthc/diagram", params).catch(() => null);
    if (!diagram || !this.panel) {
      return;
    }
    this.steps = diagram.steps;
    if (diagram.svg !== this.shown) {
      this.shown = diagram.svg;
      this.panel.webview.html = page(diagram.svg);
    }
  }

  /// Goes to the line of a step that was clicked.
  private async open(step: unknown): Promise<void> {
    const place = typeof step === "number" ? this.steps[step] : undefined;
    if (!place) {
      return;
    }
    const at = new vscode.Position(place.range.start.line, place.range.start.character);
    const beside = this.source?.uri.toString() === place.uri ? this.column() : undefined;
    await vscode.window.showTextDocument(vscode.Uri.parse(place.uri), {
      selection: new vscode.Range(at, at),
      viewColumn: beside ?? vscode.ViewColumn.One,
    });
  }

  /// Where the text is open.
  private column(): vscode.ViewColumn | undefined {
    return vscode.window.visibleTextEditors.find((editor) => editor.document === this.source)?.viewColumn;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.panel?.dispose();
    this.listeners.forEach((listener) => listener.dispose());
  }
}

/// Nothing is loaded: the picture brings everything with it. The one script tells which step is clicked and keeps what
/// is in sight when the picture is drawn again.
function page(svg: string): string {
  const nonce = randomBytes(16).toString("base64");
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<style>body { background: white; padding: 1em; } svg { max-width: 100%; height: auto; } [data-step] { cursor: pointer; }</style></head>
<body>${svg}<script nonce="${nonce}">
const editor = acquireVsCodeApi();
const before = editor.getState();
if (before) { scrollTo(before.x, before.y); }
addEventListener("scroll", () => editor.setState({ x: scrollX, y: scrollY }));
addEventListener("click", (click) => {
  const step = click.target.closest("[data-step]");
  if (step) { editor.postMessage(Number(step.getAttribute("data-step"))); }
});
</script></body></html>`;
}
