// Starts `tthc lsp` and shows the picture of a process beside its text. Everything else is the server's.

import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";

interface Diagram {
  svg: string;
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
      this.panel = vscode.window.createWebviewPanel("tthc.diagram", "Sơ đồ quy trình", beside, {});
      this.panel.onDidDispose(() => (this.panel = undefined));
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
    if (diagram && this.panel) {
      this.panel.webview.html = page(diagram.svg);
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.panel?.dispose();
    this.listeners.forEach((listener) => listener.dispose());
  }
}

/// Nothing is loaded and nothing runs: the picture brings everything with it.
function page(svg: string): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
  return `<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<style>body { background: white; padding: 1em; } svg { max-width: 100%; height: auto; }</style></head>
<body>${svg}</body></html>`;
}
